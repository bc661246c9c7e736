"""Pages of students."""
