"""The demonstration as data: what the ward Nhị Chiểu knows, and its three reports."""
