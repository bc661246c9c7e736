"""What holds of the engine whatever happens: its laws, tried on the engine as it is against the local Docker Hub."""
