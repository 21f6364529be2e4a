"""The Textual screens: they read the store and write decisions, nothing else."""
