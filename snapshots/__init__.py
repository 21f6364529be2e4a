"""A story frozen and written out: Markdown, JSON and more, so that it stands as evidence."""
