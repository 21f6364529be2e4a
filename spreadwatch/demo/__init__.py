"""A built-in story, replayed from a feed server on this machine through the real collector."""
