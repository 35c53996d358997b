"""The lists of the window as grids show them: columns, filters and words of each; data only."""
