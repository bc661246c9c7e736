"""Slips of paper with codes, as PDF. Pure: values in, bytes out."""
