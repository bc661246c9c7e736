"""Class lists: from the bytes of a file to rows, and from rows to what they would change. Pure."""
