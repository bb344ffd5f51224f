"""Forms of what a ward knows."""
