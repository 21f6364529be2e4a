"""Pure thinking about news: items in, stories out; no network, no database, no clock, no screen."""
