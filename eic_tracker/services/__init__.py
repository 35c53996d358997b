"""Use-cases: the verbs of the office."""
