"""Textual's widgets and Python's abstract classes together: a screen that lacks a part can't be made at all."""

from __future__ import annotations

from abc import ABCMeta

from textual.message_pump import _MessagePumpMeta


class AbstractWidget(_MessagePumpMeta, ABCMeta):
    """The metaclass of screens with abstract parts; making one that leaves a part out is a TypeError.

    A base that raised only when the part was wanted once ended the program on a search result's Enter.
    """
