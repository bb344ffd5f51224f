"""Tables that come in from Excel and go out to it."""
