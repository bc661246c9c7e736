"""A local Docker Hub, for trying out and for tests. The portal speaks to it over HTTP only."""
