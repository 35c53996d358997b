"""Item models: rows that were read, as Qt asks for them."""
