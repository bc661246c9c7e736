"""What Docker says when it does not work, and what to do about it. Pure."""
