"""Files that prepare a room: a mirror, a USB stick, a pull for the evening, a look at the limit. Pure."""
