"""The parts of the quarterly report."""
