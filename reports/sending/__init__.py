"""Sending: what leaves, by which way, with what receipt; the package; what arrives on the other side."""
