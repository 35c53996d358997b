"""Forms: a draft in, a validated draft or nothing out."""
