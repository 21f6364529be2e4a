"""Feeds that are queries: ready to be switched on one by one for a watched story, built from its terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, quote_plus

from feeds.catalogue import Feed, Kind

_WORD = re.compile(r"\w+")


def search_feeds(terms: Sequence[str], *, lang: str = "en", country: str = "US") -> tuple[Feed, ...]:
    """The query feeds for these terms, all muted: each is switched on by whoever wants it.

    A term of several words is asked for as a phrase. ``lang`` (ISO 639-1) and ``country`` (ISO 3166)
    choose the edition where a service has editions.
    """
    asked = [" ".join(term.split()) for term in terms if term.strip()]
    if not asked:
        return ()
    lang, country = lang.lower() or "en", country.upper() or "US"
    query = quote_plus(" ".join(f'"{term}"' if " " in term else term for term in asked))
    called = ", ".join(asked)
    tag = "".join(word.capitalize() for word in _WORD.findall(" ".join(asked)))
    edition = f"hl={lang}-{country}&gl={country}&ceid={country}:{lang}"
    found = (
        ("Google News", "news.google.com", f"https://news.google.com/rss/search?q={query}&{edition}"),
        (
            "Bing News",
            "bing.com",
            f"https://www.bing.com/news/search?q={query}&format=rss&mkt={lang}-{country}",
        ),
        ("Reddit", "reddit.com", f"https://www.reddit.com/search.rss?q={query}&sort=new"),
        ("Mastodon", "mastodon.social", f"https://mastodon.social/tags/{quote(tag)}.rss"),
        ("YouTube", "youtube.com", f"https://www.youtube.com/feeds/videos.xml?search_query={query}"),
    )
    return tuple(
        Feed(url, publisher=publisher, name=f"{service}: {called}", kind=Kind.SEARCH, lang=lang, muted=True)
        for service, publisher, url in found
    )
