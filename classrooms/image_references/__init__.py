"""Reading `organization/name:tag@digest` as Docker does; what is wrong with it, and what was meant. Pure."""
