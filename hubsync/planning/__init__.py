"""Decisions: what would make Docker Hub as the school wants it, and what has to wait for a person. Pure."""
