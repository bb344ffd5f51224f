"""Pages of what a ward writes."""
