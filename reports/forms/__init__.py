"""Forms of letters, reports and outlines; blocks bring their own (reports/blocks)."""
