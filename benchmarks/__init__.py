"""Measures of spreadwatch against hand-made answers; run as modules from the repository."""
