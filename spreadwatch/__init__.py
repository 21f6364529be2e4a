"""The front door: command line, settings, the collector that joins feeds, stories and store."""

__version__ = "0.1.0"
