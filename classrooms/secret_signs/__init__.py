"""Signs of keys and tokens in an image's configuration and history. Pure; no layer is opened."""
