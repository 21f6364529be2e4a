"""One SQLite file that holds everything; nothing outside this package knows SQL."""
