"""What the local Docker Hub answers, one topic per file."""
