"""Compose files of students and teachers: read, and refused where they ask for the computer they run on. Pure."""
