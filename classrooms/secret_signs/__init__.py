"""Signs of keys and tokens: in an image's configuration and history, and in files by their names and contents. Pure."""
