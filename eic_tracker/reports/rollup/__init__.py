"""The sheets of the roll-up workbook."""
