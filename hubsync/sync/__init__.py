"""The engine: what is wanted and seen, the plan carried out, who is due, who may write, how much may be asked."""
