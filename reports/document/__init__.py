"""One document tree in pure Python, and a writer for each format. Nothing in this folder knows Django."""
