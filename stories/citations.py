"""Where an item says it has its news from: the sources it names, and how it names them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from stories.boilerplate import body_spans, credit_lines
from stories.cues import plain, present
from stories.evidence import Citation, CitationKind
from stories.item import Field, Item, Span
from stories.lexicon import load
from stories.places import Places
from stories.sources import CHANNEL, NAME, NETWORKS, THE, canonical, full_channel, host_name, is_outlet
from stories.text import sentences

_TOLD = re.compile(
    rf"\b(?:told|tells|telling|interview with|spoke to|speaking to|speaking with) (?:\w+ ){{0,2}}?(?P<source>{THE}{NAME})"
    r"(?: \((?P<short>[A-Z][\w/]{1,8})\))?"
)
_CITING = re.compile(
    rf"\b(?:citing|quoting|cites|cited|quoted|quotes|crediting)(?: from)?(?: by)? (?P<lead>(?:(?:a|an|the|its|unnamed|anonymous|two|three|four|several|multiple|people|sources) )?(?:[\w’'-]+ ){{0,4}}?)"
    rf"(?:{CHANNEL} channel,? ?)?(?P<source>[‘“\"']?(?:(?:[\w.’'-]+ ){{0,3}}?(?:officials?|sources?|insiders?|reports?|media|channels?|documents?|people familiar|intelligence(?! officials?| officers?| sources?| agenc| services?| chiefs?| reports?)|experts?|data|figures|police|authorities|aides?|diplomats?|lawyers?|employees?|officers?|advis[eo]rs?|executives?|clerks?|witness(?:es)?|residents?|letters?|memos?|emails?|cables?|transcripts?|filings?)\b|{THE}{NAME})[’”\"']?)"
)
_REPORTED = re.compile(
    rf"(?P<source>{THE}{NAME})(?: \((?P<short>[A-Z][\w/]{{1,8}})\))?,? (?:(?:has|have|had|first|also|newspaper|magazine|website|channel|tabloid|exclusively|later|previously) )*"
    r"(?:reported|reports|revealed|said in (?:a|its) report|claimed, citing|quoted|reporting|citing|cited|quoting)\b"
)
_BY = re.compile(
    rf"\b(?:first reported by|reported by|as reported (?:in|by)|published (?:by|in)|revealed by|obtained by|seen by|reviewed by|shared by|in a report (?:by|from|in)|according to|as per|per|report (?:by|from|in)|reports? in|investigation by|story in|via|reporting by|reports?|shared with|reports? of the|interview on|appearing on|leaked to) "
    rf"(?P<source>{THE}{NAME})(?: \((?P<short>[A-Z][\w/]{{1,8}})\))?"
)
_OWNED = re.compile(
    rf"\b(?:[Aa]|[Tt]he|[Tt]his|[Ii]n a|[Nn]ew|[Rr]ecent|{THE}\d{{4}}) (?P<source>{NAME}) (?:report|story|article|investigation|exclusive|interview|analysis|dossier|poll|survey)s?\b"
)
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s per|[Gg]oing by|[Pp]er) (?P<source>(?:the |a |an |its |one |two |three |four |some |several |multiple |senior |unnamed )?(?:[\w.’'-]+ ){0,5}?[\w.’'-]*[\w’'])(?=[,;:]|\.(?!\w| [a-z])| and (?:a|an|the|two|three|four) | \(| who| whose| which| where| when| after| as| because| that| said| with| in a| on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)|$)"
)
_GROUP = re.compile(
    r"(?P<source>(?:[\w’'-]+ ){0,3}?(?:[Tt]elegram channels?(?: and [\w ]{2,20}media)?|state media|British media|media reports|[Pp]ublished reports|[Nn]ews reports|[Rr]eports))"
    r" (?:have |has |had )?(?:claim|suggest|alleg|say|said|report)\w*"
)
_OWN_CHANNEL = re.compile(
    rf"(?:on|posted on|in) (?P<owner>(?:the |his |her )?(?:[\w’'-]+ ){{0,3}}[\w-]+[’']s|his|her|{NAME}[’']s?) (?:own )?{CHANNEL} (?:channel|account|page)"
)
_NAMED_CHANNEL = re.compile(
    rf"{CHANNEL} channel,? (?:called |named )?[‘“\"']?(?P<source>{NAME})|(?P<source2>{NAME}) (?:{CHANNEL.replace('network', 'network2')} )?channel\b"
)
_BRINGS_CHANNEL = re.compile(rf"{CHANNEL} channel,? (?:called |named )?[‘“\"']?(?P<source>{NAME})")
_IN_BRACKETS = re.compile(rf" ?\({CHANNEL}\)")
_HANDLE = re.compile(r"(?<![\w@/.])@(?P<source>[A-Za-z]\w{2,29})\b")
_CREDIT = re.compile(
    r"^[\w ,.]{0,40}\((?P<source>AP|AFP|Reuters|CNN|UPI|TASS|Xinhua|ANI|PTI|dpa|Bloomberg|BBC|RFE/RL)\)|\((?P<source2>AP|AFP|Reuters|dpa|UPI|ANI|PTI)\)\s*$"
)
_QUICK = (
    "told ", "cit", "quot", "report", "according", "per ", "via ", "publish", "telegram", "channel", "@", "(",
    "interview", "spoke", "shared", "obtained", "going by", "contributed", "article", "media", "reveal", "stor", "seen by",
)  # fmt: skip
"""A text without any of these cites nobody."""
_TELLING = frozenset((
    "told", "tells", "telling", "interview", "interviews", "spoke", "speaking", "citing", "quoting", "cites", "cited",
    "quoted", "quotes", "crediting", "reported", "reports", "reporting", "report", "revealed", "story", "article",
    "articles", "investigation", "investigations", "exclusive", "exclusives", "analysis", "dossier", "dossiers", "poll",
    "polls", "survey", "surveys", "published", "obtained", "reviewed", "shared", "according", "per", "via", "appearing",
    "leaked", "seen", "going", "telegram", "youtube", "whatsapp", "x", "twitter", "tiktok", "channel", "channels",
    "media", "piece", "contributed", "ap", "afp", "reuters", "cnn", "upi", "tass", "xinhua", "ani", "pti", "dpa",
    "bloomberg", "bbc", "rfe",
))  # fmt: skip
_HANDLES = "@"
"""A sentence with neither one of those words nor this mark does not either: the patterns below need them."""


def citations(item: Item) -> tuple[Citation, ...]:
    """The sources an item names or links, in reading order, each naming once."""
    found: list[Citation] = []
    for where in (Field.TITLE, Field.SUMMARY, Field.BODY):
        text = item.text(where)
        if not text:
            continue
        low = plain(text)
        telling = _TELLING.intersection(present(low))
        if not (telling or _HANDLES in low) or not any(map(text.lower().__contains__, _QUICK)):
            continue
        spans = [(0, len(text))] if where is Field.TITLE else [*body_spans(text), *credit_lines(text)]
        words, handles = Places.of_words(low, telling), Places(low, _HANDLES)
        for start, end in spans:
            if words.between(start, end) or handles.between(start, end):
                for first, last in sentences(text[start:end]):
                    first, last = start + first, start + last
                    if words.between(first, last) or handles.between(first, last):
                        found.extend(_in_sentence(text, first, last, where))
    found.extend(_links(item))
    found.extend(_upstream(found))
    channels = {each.source.split(" (")[0]: each.source for each in found if each.source.endswith(")")}
    found = [
        replace(
            each,
            cited_by=channels.get(each.cited_by, each.cited_by),
            source=channels.get(each.source, each.source),
        )
        for each in found
    ]
    own = canonical(host_name(item.publisher))
    seen: set[tuple[str, CitationKind, str, str]] = set()
    kept = []
    for citation in found:
        key = (citation.source.lower(), citation.kind, citation.cited_by, citation.words)
        posted = citation.kind is not CitationKind.LINK and citation.source.lower() in NETWORKS
        if key not in seen and citation.source != own and not posted:
            seen.add(key)
            kept.append(citation)
    return tuple(kept)


def _in_sentence(text: str, start: int, end: int, where: Field) -> list[Citation]:
    words = text[start:end]
    low = words.lower()
    found: dict[tuple[int, int], Citation] = {}

    def add(
        match: re.Match[str], kind: CitationKind, source: str, group: str = "source", by: str = ""
    ) -> None:
        first, last = match.span(group)
        if any(first < stop and begin < last for begin, stop in found):
            return
        span = Span(where, start + first, start + last)
        found[(first, last)] = Citation(source, kind, words, span, cited_by=by)

    if "told" in low or "interview" in low or "spoke" in low or "speaking" in low or "tell" in low:
        for match in _TOLD.finditer(words):
            source = match["source"]
            if is_outlet(source) or (match["short"] and is_outlet(match["short"])):
                add(match, CitationKind.TOLD, canonical(source))
    if "telegram" in low or "channel" in low or "twitter" in low or "youtube" in low:
        for match in _OWN_CHANNEL.finditer(words):
            owner = match["owner"]
            add(match, CitationKind.CITING, f"{owner} {match['network']} channel", "owner")
    for match in _CITING.finditer(words) if "cit" in low or "quot" in low or "credit" in low else ():
        source = match["source"].strip("‘’“”\"'")
        lead = (match["lead"] or "").strip()
        network = match["network"]
        if network is None and "channel" in lead.lower():
            network = next((each for each in ("Telegram", "YouTube") if each.lower() in lead.lower()), None)
        if (not network and source[0].islower() is False and lead and lead.split()[-1][:1].isupper()) or (
            not network and source.split()[-1].lower() in _vague_heads() and lead
        ):
            source = f"{lead} {source}"
        label = f"{canonical(source)} ({network})" if network else canonical(source)
        add(match, CitationKind.CITING, label, by=_citer(words, match.start()))
    if "report" in low or "reveal" in low or "cit" in low or "quot" in low:
        for match in _REPORTED.finditer(words):
            if is_outlet(match["source"]) or match["short"]:
                add(match, CitationKind.REPORTED, canonical(match["source"]))
        for match in _OWNED.finditer(words):
            add(match, CitationKind.REPORTED, canonical(match["source"]))
    for match in _BY.finditer(words):
        source = match["source"]
        if is_outlet(source) or match.group().lower().startswith(
            ("first reported", "reported by", "published by", "in a report")
        ):
            add(match, CitationKind.REPORTED, canonical(source))
    if "according to" in low or "as per" in low or "going by" in low:
        for match in _ACCORDING.finditer(words):
            if match.group()[:3].lower() == "per" and _measures(match["source"]):
                continue
            behind = _IN_BRACKETS.match(words, match.end())
            kind = f" ({behind['network']})" if behind is not None else ""
            add(match, CitationKind.CITING, canonical(f"{match['source']}{kind}"))
    for match in _BRINGS_CHANNEL.finditer(words) if " channel" in low else ():
        add(match, CitationKind.CITING, f"{canonical(match['source'])} ({match['network']})")
    if "media" in low or "report" in low or "channel" in low:
        for match in _GROUP.finditer(words):
            add(match, CitationKind.REPORTED, full_channel(_bare(match["source"])))
    for match in _HANDLE.finditer(words) if "@" in low else ():
        add(match, CitationKind.CITING, f"@{match['source']}")
    for match in _CREDIT.finditer(words) if "(" in low else ():
        group = "source" if match["source"] else "source2"
        add(match, CitationKind.CREDIT, canonical(match[group]), group)
    contributed = _CONTRIBUTED.search(words) if "contributed" in low else None
    if contributed is not None:
        add(contributed, CitationKind.CREDIT, canonical(contributed["source"]))
    click = (
        _CLICK.search(words)
        if "full" in low or "entire" in low or "whole" in low or "original" in low
        else None
    )
    if click is not None:
        add(click, CitationKind.CREDIT, canonical(click["source"]))
    return [found[key] for key in sorted(found)]


_OWN_WORK = 3
"""Interviews "told" to one outlet from which on the whole piece is taken for that outlet's."""


def _upstream(found: list[Citation]) -> list[Citation]:
    """The outlet a piece is taken from: whoever heard most of its speakers ("told VOA" four times) wrote it."""
    told: dict[str, list[Citation]] = {}
    for each in found:
        if each.kind is CitationKind.TOLD:
            told.setdefault(each.source, []).append(each)
    return [
        replace(held[0], kind=CitationKind.CREDIT)
        for held in told.values()
        if len({each.words for each in held}) >= _OWN_WORK
    ]


def _bare(words: str) -> str:
    """A group's name without what leads up to it ("amid other conflicting reports" → "conflicting reports")."""
    parts = words.split()
    for at in range(len(parts) - 2, -1, -1):
        if parts[at].lower() in _LEADING:
            return " ".join(parts[at + 1 :])
    return " ".join(parts)


_LEADING = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "to",
        "amid",
        "other",
        "that",
        "week,",
        "by",
        "with",
        "from",
        "support",
        "also",
        "there",
        "are",
    )
)
_CONTRIBUTED = re.compile(
    r"(?P<source>[A-Z][\w.’'-]+(?: (?:and )?[A-Z][\w.’'-]+){0,8}) contributed to this (?:report|article|story)"
)
_CLICK = re.compile(
    rf"(?:entire|full|whole|original) (?:article|story|report|piece) (?:from|at|on|in|by) (?P<source>{THE}{NAME})"
)


def _measures(source: str) -> bool:
    """Whether what stands behind "per" is a measure rather than a source ("per hour of content")."""
    bare = source.split()
    return bare[0].islower() and bare[-1].lower() not in _vague_heads() and bare[0] not in ("the", "a", "an")


@cache
def _vague_heads() -> frozenset[str]:
    return frozenset(load("sources")["marks"]["unnamed"].split()) | {"official", "report"}


def _citer(words: str, place: int) -> str:
    """Who does the citing in a sentence: the outlet or channel that is its subject, else the item itself."""
    lead = words[:place]
    best, at = "", -1
    for match in _SUBJECT.finditer(lead):
        name = match["name"]
        if is_outlet(name) or match["channel"]:
            best, at = canonical(name), match.start()
    for match in _NAMED_CHANNEL.finditer(lead):  # "the Telegram channel General SVR, which cites …"
        if match["source"] and match.start("source") > at:
            best = f"{canonical(match['source'])} ({match['network']})"
    if not best and (reporting := _REPORTING.match(lead)) is not None:
        return canonical(reporting["name"])
    return best


_REPORTING = re.compile(
    rf"(?P<name>{THE}{NAME}) (?:has |had )?(?:first )?(?:report(?:s|ed)|claim(?:s|ed)|wr(?:ites|ote)|reveal(?:s|ed))\b.*,\s*$"
)
"""Whoever reports something "citing" somebody is a medium, whatever its name."""
_SUBJECT = re.compile(rf"(?P<name>{THE}{NAME})(?P<channel> channel)?(?=,? (?:\w+ ){{0,4}}?$|[ ,])")


def _links(item: Item) -> list[Citation]:
    own = host_name(item.publisher)
    found = []
    for link in item.links:
        host = urlsplit(link.href).hostname or ""
        name = host_name(host)
        if host and name != own and not host.endswith(item.publisher):
            found.append(Citation(name, CitationKind.LINK, link.text, None, link.href))
    return found
