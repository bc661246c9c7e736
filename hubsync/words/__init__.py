"""Changes, notes, scopes and troubles as sentences that a teacher understands."""
