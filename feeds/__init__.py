"""The network: which feeds, when, fetch, parse, clean; from bytes to items."""
