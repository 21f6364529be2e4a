"""Who stands behind an address: the registrable domain, by the public-suffix list that tldextract bundles."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)", re.IGNORECASE)


def host_of(url: str) -> str:
    """The lower-case host of an address, or of a bare host name; empty when there is none."""
    found = _HOST.match(url)
    host = found.group(1) if found else ("" if "/" in url or " " in url else url.partition(":")[0])
    return host.strip("[]").rstrip(".").lower()


@lru_cache(maxsize=65_536)
def domain_of_host(host: str) -> str:
    """The registrable domain of a host ("feeds.bbci.co.uk" → "bbci.co.uk"); an address or bare name stays whole.

    Private suffixes count (`example.blogspot.com` is a publisher of its own): on shared hosting the
    registrable domain of the host belongs to the host, not to who writes there.
    """
    labels = host.split(".")
    length = _suffix_length([_unicode(label) for label in labels]) if all(labels) else 0
    return ".".join(labels[-length - 1 :]) if 0 < length < len(labels) else host.removeprefix("www.")


def publisher_of(url: str) -> str:
    """The registrable domain of an address or host; empty when it has no host."""
    return domain_of_host(host_of(url))


def _suffix_length(labels: list[str]) -> int:
    """How many labels at the end are a public suffix, by the list's longest rule; 0 where it has none."""
    rules = _rules()
    for start in range(len(labels)):
        suffix = ".".join(labels[start:])
        left = len(labels) - start
        if f"!{suffix}" in rules:
            return left - 1
        if suffix in rules or f"*.{suffix.partition('.')[2]}" in rules:
            return left
    return 0


def _unicode(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


@cache
def _rules() -> frozenset[str]:
    # The list alone: importing tldextract takes 90 ms and 10 MB, for the HTTP library with which it could fetch another.
    package = find_spec("tldextract")
    folder = package.submodule_search_locations if package is not None else None
    if not folder:
        raise ModuleNotFoundError("tldextract, whose public-suffix list we read, is not installed")
    lines = (Path(folder[0]) / ".tld_set_snapshot").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line and not line.startswith("//"))
