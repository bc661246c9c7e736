"""One compose project that runs handed-in work within limits, so that a teacher need not trust it. Pure."""
