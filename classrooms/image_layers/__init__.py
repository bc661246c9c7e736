"""What lies in the layers of an image, read as a stream: never unpacked to a disk, and bounded in every way. Pure."""
