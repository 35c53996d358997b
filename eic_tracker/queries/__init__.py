"""Reads: frozen rows for pages, commands and reports."""
