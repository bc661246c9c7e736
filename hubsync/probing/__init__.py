"""Asks a real Docker Hub what no source tells, with an organization of one's own: docs/docker-hub.md tells how."""
