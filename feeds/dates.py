"""A feed's words for a date, read by our own rule: `MSK`, `EET`, `CET`, `IST`, `GMT+3`, Cyrillic months and all.

Three hours decide who said a thing first, and feedparser reads MSK, EET, CET and IST as UTC. What
can't be read is None, never a guess at a part of it; the raw words are kept beside whatever is read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from stories.item import DateFlag

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan january janvier januar enero gennaio janeiro янв январь января січ січня sty styczeń stycznia leden ledna",
        "feb february février fevrier februar febrero febbraio fevereiro фев февр февраль февраля лют лютого luty lutego",
        "mar march mars märz marz maerz mrz marzo março мар март марта бер березня marzec marca",
        "apr april avril abril aprile апр апрель апреля кві квітня kwiecień kwietnia kwi",
        "may mai mayo maggio maio май мая тра травня maj maja",
        "jun june juin juni junio giugno junho июн июнь июня чер червня cze czerwiec czerwca",
        "jul july juillet juli julio luglio julho июл июль июля лип липня lip lipiec lipca",
        "aug august août aout agosto авг август августа сер серпня sie sierpień sierpnia",
        "sep sept september septembre septiembre settembre setembro сен сент сентябрь сентября вер вересня wrz wrzesień września",
        "oct october octobre oktober okt octubre ottobre outubro окт октябрь октября жов жовтня paź październik października",
        "nov november novembre noviembre novembro ноя нояб ноябрь ноября лис листопада listopad listopada",
        "dec december décembre decembre dezember dez diciembre dicembre dezembro дек декабрь декабря гру грудня gru grudzień grudnia",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_ZONES: dict[str, int] = {
    # Minutes east of UTC, by the IANA zone database's abbreviations as news feeds use them.
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "uct": 0, "wet": 0, "west": 60, "bst": 60,
    "cet": 60, "mez": 60, "met": 60, "cest": 120, "mesz": 120, "mest": 120, "wat": 60, "cat": 120, "sast": 120,
    "eet": 120, "eest": 180, "idt": 180, "msk": 180, "мск": 180, "msd": 240, "trt": 180, "eat": 180, "ast": -240,
    "samt": 240, "gst": 240, "azt": 240, "aft": 270, "irst": 210, "irdt": 270, "pkt": 300, "uzt": 300, "yekt": 300,
    "npt": 345, "omst": 360, "almt": 360, "mmt": 390, "ict": 420, "wib": 420, "krat": 420, "novt": 420,
    "hkt": 480, "sgt": 480, "pht": 480, "myt": 480, "awst": 480, "irkt": 480, "wita": 480,
    "jst": 540, "kst": 540, "yakt": 540, "wit": 540, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "vlat": 600,
    "nzst": 720, "nzdt": 780, "brt": -180, "art": -180, "clt": -240, "clst": -180, "vet": -240, "cot": -300, "pet": -300,
    "nst": -210, "ndt": -150, "adt": -180, "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "ist": 330,
}  # fmt: skip
_BY_COUNTRY: dict[tuple[str, str], int] = {
    # What the same letters mean in a feed whose country the catalogue names.
    ("ist", "IL"): 120, ("ist", "IE"): 60, ("cst", "CN"): 480, ("cst", "TW"): 480, ("cst", "CU"): -300, ("bst", "BD"): 360,
    ("ast", "SA"): 180, ("ast", "IQ"): 180, ("ast", "KW"): 180, ("pst", "PH"): 480, ("gst", "GS"): -120, ("amt", "AM"): 240,
    ("amt", "BR"): -240, ("wst", "AU"): 480, ("est", "AU"): 600, ("cst", "AU"): 570, ("mst", "MY"): 480,
    ("sst", "SG"): 480,
}  # fmt: skip

_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
"""RFC 2822 to the letter, as nine feeds in ten write it."""
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:Z|\+00:00)", re.ASCII)
"""ISO 8601 in UTC to the second, as nearly all archives have it: Python reads that in a tenth of the time."""
_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)(?:-?(?P<day>\d\d))"
    r"(?:[Tt\s_]+(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<zone>\S.*)?)?\Z"
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?(?!\d)\s*"
    r"(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?:gmt|utc|ut|z)?\s*(?P<sign>[+\-−–])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?:\s*[(A-Za-z].*)?\Z",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|[ºª.])?(?:\s+(?:de|of))?[\s\-/.]+(?P<month>[^\W\d_]{3,})\.?,?(?:\s+(?:de|of))?[\s\-/,.]+(?P<year>\d{4}|\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(
    r"(?P<month>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(?P<year>\d{4})(?!\d)|(?=\d{1,2}:))"
)
_DOTTED = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)")
_SLASHED = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year2>\d{4}))(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WEEKDAY = re.compile(r"\A\s*[^\W\d_]{2,}\.?,\s*")
_ZONE_WORD = re.compile(r"[^\W\d_]{1,5}(?:\s*[+\-−–].*)?|[+\-−–].*")

LONGEST = 100
"""Characters of a date that are looked at; the longest real one has half of that."""
FUTURE_SLACK = timedelta(minutes=2)
"""Clocks of honest servers differ by less."""


@lru_cache(maxsize=1_024)
def read(raw: str, country: str = "") -> datetime | None:
    """A date in UTC, or None when the words don't say one.

    A date without a zone is read as UTC, as every reader of feeds does; one without a time of day is
    the day's beginning. ``country`` (ISO 3166) settles letters that several zones use, such as IST:
    India's unless the feed is Israeli or Irish. A day like 03/04/2024 is not read: it has two readings.
    """
    if _PLAIN.fullmatch(raw) is not None:
        with suppress(ValueError):  # a sixtieth second, a midnight at 24: below
            return datetime.fromisoformat(raw)
    mail = _MAIL.fullmatch(raw)
    if mail is not None and mail[2].lower() in _MONTHS:
        return _mailed(mail)
    words = " ".join(raw[:LONGEST].split())
    if len(raw) > LONGEST or not words:
        return None
    iso = _ISO.match(words)
    if iso is not None:
        parts = iso.groupdict()
        offset = _zone(parts["zone"] or "", country)
        return _moment(
            int(parts["year"]),
            int(parts["month"]),
            int(parts["day"]),
            parts["hour"],
            parts["minute"],
            parts["second"],
            "",
            offset,
        )
    words = _WEEKDAY.sub("", words)
    day = _day(words)
    if day is None:
        return None
    year, month, number, rest = day
    clock = _CLOCK.search(rest)
    if clock is None:
        left = rest.strip(" ,;")
        return _moment(year, month, number, None, None, None, "", 0) if not re.search(r"\d", left) else None
    after = rest[clock.end() :]
    # "Wed Nov 16 2022 10:00:00 GMT+0300 (Moscow Standard Time)", "10:00 Uhr"
    zone = _ZONE_WORD.search(re.sub(r"\(.*?\)|,|\b(?:uhr|at)\b", " ", after, flags=re.IGNORECASE))
    offset = _zone(zone.group() if zone else "", country)
    return _moment(
        year, month, number, clock["hour"], clock["minute"], clock["second"], clock["half"] or "", offset
    )


def _mailed(found: re.Match[str]) -> datetime | None:
    """The moment of an RFC 2822 date."""
    offset = _zone(f"{found[7]}{found[8]}{found[9]}", "") if found[7] else 0
    return _moment(
        int(found[3]), _MONTHS[found[2].lower()], int(found[1]), found[4], found[5], found[6], "", offset
    )


def flagged(published: datetime | None, now: datetime) -> frozenset[DateFlag]:
    """Why an entry's time is not simply the feed's word, seen at ``now``."""
    if published is None:
        return frozenset({DateFlag.UNDATED})
    return frozenset({DateFlag.FUTURE}) if published > now + FUTURE_SLACK else frozenset()


def _day(words: str) -> tuple[int, int, int, str] | None:
    """Year, month, day, and the words without them; None when they aren't stated beyond doubt."""
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for found in pattern.finditer(words):
            month = _MONTHS.get(found["month"].lower())
            if month is None:
                continue
            rest = words[: found.start()] + " " + words[found.end() :]
            year = found["year"]
            if year is None:
                # asctime: the year stands after the clock.
                late = _YEAR.search(rest, found.start())
                if late is None:
                    return None
                year = late.group()
                rest = rest[: late.start()] + " " + rest[late.end() :]
            if len(year) == 2:
                # RFC 822 wrote two digits, and RFC 2822 says which century they mean.
                year = ("20" if int(year) < 50 else "19") + year
            return int(year), month, int(found["day"]), rest
    dotted = _DOTTED.search(words)
    if dotted is not None:
        rest = words[: dotted.start()] + " " + words[dotted.end() :]
        return int(dotted["year"]), int(dotted["month"]), int(dotted["day"]), rest
    slashed = _SLASHED.search(words)
    if slashed is None:
        return None
    rest = words[: slashed.start()] + " " + words[slashed.end() :]
    if slashed["year"]:
        return int(slashed["year"]), int(slashed["m"]), int(slashed["d"]), rest
    first, second = int(slashed["a"]), int(slashed["b"])
    if first == second or first > 12:
        return int(slashed["year2"]), second, first, rest
    return (int(slashed["year2"]), first, second, rest) if second > 12 else None


def _zone(words: str, country: str) -> int | None:
    """Minutes east of UTC; None when there are words and they name no zone."""
    words = words.strip(" .,;[]")
    if not words:
        return 0
    offset = _OFFSET.match(words)
    if offset is not None:
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        if hours > 14 or minutes > 59:
            return None
        return (hours * 60 + minutes) * (1 if offset["sign"] == "+" else -1)
    name = words.split(" ")[0].lower().strip(".,;")
    return _BY_COUNTRY.get((name, country.upper()), _ZONES.get(name)) if country else _ZONES.get(name)


def _moment(
    year: int,
    month: int,
    day: int,
    hour: str | None,
    minute: str | None,
    second: str | None,
    half: str,
    offset: int | None,
) -> datetime | None:
    if offset is None:
        return None
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    seconds = min(seconds, 59) if seconds == 60 else seconds
    midnight = hours == 24 and minutes == 0 and seconds == 0
    try:
        local = datetime(year, month, day, 0 if midnight else hours, minutes, seconds, tzinfo=UTC)
        return local + timedelta(days=1 if midnight else 0, minutes=-offset)
    except (ValueError, OverflowError):
        return None
