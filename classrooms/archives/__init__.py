"""What `docker save` wrote: looked through as a stream, checked against its own digests, never unpacked. Pure."""
