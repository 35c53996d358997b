"""The window: everything that needs Qt, and no SQL."""
