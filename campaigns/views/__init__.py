"""Pages of what a ward knows."""
