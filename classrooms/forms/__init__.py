"""Forms: text to domain values, what is wrong in the reader's language."""
