"""Addresses as they are shown to people: without the login that stands in some of them."""

from __future__ import annotations

import re

_LOGIN = re.compile(r"(?<=://)[^/?#]*@")


def shown(url: str) -> str:
    """The address without whoever logs in with it: a terminal is looked at over shoulders and its lines are pasted."""
    return _LOGIN.sub("***@", url, count=1)


def bare(url: str) -> str:
    """The same without "https://", for a list."""
    return shown(url).partition("://")[2] or url


def has_login(url: str) -> bool:
    """Whether a name or a password stands in the address."""
    return shown(url) != url
