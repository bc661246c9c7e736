"""Pages about Docker Hub: connecting, what there is, what will be done, who may use what."""
