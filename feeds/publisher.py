"""Who stands behind an address: the registrable domain, by the public-suffix list that tldextract bundles."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

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
    return _extractor()(host).top_domain_under_public_suffix or host.removeprefix("www.")


def publisher_of(url: str) -> str:
    """The registrable domain of an address or host; empty when it has no host."""
    return domain_of_host(host_of(url))


@cache
def _extractor() -> TLDExtract:
    from tldextract import TLDExtract  # 90 ms with its dependencies: not before the first address

    # No list is fetched and nothing is cached on disk: the answer must be the same offline.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
