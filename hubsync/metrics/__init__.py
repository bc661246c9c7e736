"""What whoever runs the portal watches, in Prometheus' words."""
