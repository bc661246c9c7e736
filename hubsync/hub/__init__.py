"""Docker Hub as the portal speaks to it: one typed call each, every answer a value or a named error. No Django."""
