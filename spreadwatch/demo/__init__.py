"""A built-in story, replayed from a feed server on this machine through the real collector to the real screen."""

from spreadwatch.demo.playing import run

__all__ = ["run"]
