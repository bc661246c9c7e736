"""Moodle's offline grading sheet: marks and comments go in, and every other byte stays as it was. Pure."""
