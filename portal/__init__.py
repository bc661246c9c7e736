"""Plugs the portal together. Kept free of imports: `bootstrap` is read before anything is installed."""
