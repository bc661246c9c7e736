"""Whether an image will work in class: what speaks against it, the verdict, and what a room's pulls cost. Pure."""
