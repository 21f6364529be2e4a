"""What sources are called: outlets, channels and hosts by one name each, and words that only point at a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from stories.lexicon import load

NAME = r"[A-Z][\w&.’'-]*[\w](?:[ -](?:of |the |de |and (?=[A-Z]))?[A-Z][\w&.’'-]*\w){0,5}"
THE = r"(?:[Tt]he )?"
CHANNEL = r"(?P<network>Telegram|YouTube|WhatsApp|X|Twitter|TikTok)"
_CHANNEL_FIRST = re.compile(rf"{CHANNEL} channel,? (?:called |named )?[‘“\"']?(?P<source>{NAME})$")
_CHANNEL_LAST = re.compile(
    rf"(?P<source>{NAME}(?<![’'][sS])) (?:\({CHANNEL}\)|{CHANNEL.replace('network', 'network2')} channel)"
)
_MEDIA = re.compile(
    r"\b(?:News|Times|Post|Herald|Journal|Tribune|Gazette|Telegraph|Guardian|TV|Television|Radio|Press|Agency|Daily|Weekly|Magazine|Review|Chronicle|Observer|Mail|Sun|Mirror|Independent|Standard|Network|Media|Channel|Today|Express|Insider|Examiner|Bulletin|Courier|Globe|Star|Zeitung|Pravda|Newsroom|Broadcasting)\b"
)
_PAPERS = frozenset(
    {
        "statement",
        "statements",
        "figures",
        "data",
        "release",
        "post",
        "posts",
        "tweet",
        "tweets",
        "poll",
        "warrant",
    }
)
"""What somebody put out; whose it is, the words don't say."""
NETWORKS = frozenset(
    {
        "telegram",
        "telegram channel",
        "channel",
        "twitter",
        "x",
        "youtube",
        "youtube channel",
        "whatsapp",
        "tiktok",
    }
    | {"facebook", "instagram", "social media", "the internet"}
)
"""Where things are posted, which says nothing of who posts them."""


@cache
def _aliases() -> dict[str, str]:
    return dict(load("sources")["aliases"])


def canonical(name: str) -> str:
    """A source's canonical name ("Voice of America" → "VOA"), else the name as written without an article."""
    bare = name.strip(" ,.;:!?…‘’“”\"'")
    if bare.endswith(("'s", "’s")):
        bare = bare[:-2]
    low = bare.lower().replace("’", "'")
    known = _aliases().get(low) or (_aliases().get(f"the {low}") if bare[:1].isupper() else None)
    if known is not None and (low in _aliases() or known.lower() == f"the {low}"):
        return known  # "Sun" is The Sun; a "Journal" may be any
    channel = _CHANNEL_FIRST.match(bare)
    if channel is not None:
        return f"{channel['source']} ({channel['network']})"
    channel = _CHANNEL_LAST.fullmatch(bare)
    if channel is not None:
        return f"{channel['source']} ({channel['network'] or channel['network2']})"
    low = bare.lower()
    for opening in ("the ", "a ", "an ", "its ", "later ", "earlier ", "meanwhile ", "but ", "when "):
        if low.startswith(opening):
            return canonical(bare[len(opening) :])
    return bare


def full_channel(words: str) -> str:
    """A channel by its full name ("General SVR Telegram channel"), else the words as they are."""
    return canonical(words) if _CHANNEL_LAST.fullmatch(words) else words


def is_outlet(name: str) -> bool:
    """Whether a name is a news outlet's: known by the alias file, or built like one ("… Times")."""
    bare = name.strip(" ,.")
    low = bare.lower()
    if low.startswith("the ") and low[4:] in _aliases() and bare[4:5].isupper():
        return True
    return (low in _aliases() and bare[:1].isupper()) or bool(_MEDIA.search(bare))


def is_vague(source: str) -> bool:
    """Whether a source is only pointed at ("published reports"), so that it can be nobody's origin by name."""
    parts = source.lower().split()
    return not parts or parts[-1] in ("reports", "report", "media", "sources", "source", "channels")


def is_pointer(source: str) -> bool:
    """Whether a source is nothing but a word for one ("reports", "sources"), which ends no chain."""
    parts = source.lower().split()
    return (
        not parts
        or source.lower() in NETWORKS
        or parts[-1] in ("reports", "report")
        or parts[0] in ("reports", "report")
        or (len(parts) <= 2 and (is_vague(source) or (source.islower() and parts[-1] in _PAPERS)))
    )


def channels(sources: Iterable[str]) -> dict[str, str]:
    """Bare name in lower case → a channel's full name ("general svr" → "General SVR (Telegram)")."""
    return {each.split(" (")[0].lower(): each for each in sources if each.endswith(")") and " (" in each}


def one_source(source: str, known: Mapping[str, str]) -> str:
    """A source by the one name a story's items have for it."""
    name = canonical(source)
    return known.get(name.lower().removesuffix(" channel").removeprefix("channel "), name)


def host_name(host: str) -> str:
    """A publisher's name by its host ("theguardian.com" → "The Guardian"), else the host."""
    bare = host.lower().removeprefix("www.")
    hosts: dict[str, str] = load("sources")["hosts"]
    while bare:
        if bare in hosts:
            return hosts[bare]
        if "." not in bare:
            break
        bare = bare.split(".", 1)[1]
    return host
