"""The front door: command line, settings, the collector that joins feeds, stories and store."""

__version__ = "0.1.0"
TOOL = f"spreadwatch {__version__}"
"""Name and version, as snapshots and requests give it."""
