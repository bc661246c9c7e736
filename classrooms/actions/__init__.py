"""Every change of more than one row or that others must hear of, by topic."""
