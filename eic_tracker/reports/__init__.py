"""Rows in, bytes out: PDF and Excel papers."""
