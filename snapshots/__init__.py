"""A story frozen at a time, written out as evidence."""
