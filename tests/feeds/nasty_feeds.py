"""Feeds made to break readers, written here so that the tests run without the shared data."""

from __future__ import annotations

import gzip

_DATE = "<pubDate>Mon, 16 Oct 2023 10:00:00 GMT</pubDate>"


def item(title: str, number: int = 1, more: str = "") -> str:
    return (
        f'<item><title>{title}</title><link>http://news.example/{number}</link><guid isPermaLink="false">{number}</guid>'
        f"{_DATE}{more}</item>"
    )


def rss(items: str, before: str = '<?xml version="1.0" encoding="utf-8"?>\n') -> str:
    return f'{before}<rss version="2.0"><channel><title>T</title><link>http://news.example/</link>{items}</channel></rss>'


def _entities() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    return rss(item("&l8;"), f'<?xml version="1.0"?>\n<!DOCTYPE rss [{levels}]>')


def files() -> dict[str, bytes]:
    """One bad input a name; what each is for stands in the name."""
    html = "<!DOCTYPE html><html><head><title>Access denied</title></head><body>no</body></html>"
    page = html.replace(
        "</head>", '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
    )
    texts = {
        "billion-laughs": _entities(),
        "quadratic-blowup": rss(
            item("&a;" * 5_000), f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"A" * 50_000}">]>'
        ),
        "external-entity": rss(
            item("&x;"), '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        ),
        "deep-nesting": rss(item("deep", 1, "<description>" + "<a>" * 60_000 + "</a>" * 60_000 + "</description>")),
        "deep-html": rss(item("deep html", 1, f"<description><![CDATA[{'<div>' * 50_000}x]]></description>")),
        "terminal-escapes": rss(item("ok &#27;]8;;http://evil&#7;link &#27;]52;c;aGk=&#7; &#27;[2J")),
        "c1-controls": rss(item("c1 \u009b31mRED\u009b0m and \u0085 nel")),
        "numeric-escapes": rss(item("dbl &amp;#27;[31mRED&amp;#27;[0m &amp;#x9b;2J")),
        "bidi": rss(item("Minister \u202edeined\u202c, report \u2067x\u2069 \u200fabc")),
        "zalgo": rss(item("Z" + "\u0301" * 500 + "algo")),
        "duplicate-guids": rss(
            "".join(
                f'<item><title>{word}</title><link>http://news.example/{word}</link><guid isPermaLink="false">same</guid>'
                f"{_DATE}</item>"
                for word in ("first", "second", "third")
            )
        ),
        "no-guid-no-link": rss(
            "<item><title>only title</title></item><item><description>only text</description></item><item/>"
        ),
        "bad-dates": rss(
            "".join(
                f"<item><title>{n}</title><guid>http://news.example/{n}</guid><pubDate>{date}</pubDate></item>"
                for n, date in enumerate(
                    ("Fri, 31 Dec 9999 23:59:00 +0900", "", "yesterday-ish", "Пн, 16 окт 2023 10:00:00 +0300",
                     "Mon, 16 Oct 2023 10:00:00 MSK", "Mon, 16 Oct 2023 10:00:00 GMT+3")
                )
            )
        ),
        "html-page": html,
        "html-with-feed-link": page,
        "truncated": rss(item("one") + item("two", 2) + item("three", 3))[:-140],
        "unescaped": rss(item("AT&T & R&D <b>bold")),
        "junk-before": "\n\n<!-- php warning -->\nNotice: undefined index\n" + rss(item("x")),
        "many-items": rss("".join(item(f"item {n}", n) for n in range(12_000))),
        "huge-title": rss(item("A" * 5_000_000)),
        "huge-author": rss(item("x", 1, f"<author>{'a@a.' * 50_000}</author>")),
        "script-in-title": rss(item("&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;x&lt;/b&gt; &amp;amp; &amp;lt;tag&amp;gt;")),
        "rich-markup": rss(item("[bold red]not markup[/] [@click=app.quit]boo[/]")),
        "shell": rss(item("$(rm -rf ~); `id` | sh").replace("http://news.example/1", "javascript:alert(1)")),
        "relative-links": rss("<item><title>rel</title><link>/a/b</link><guid>tag:x,1</guid></item>"),
        "attribute-bomb": rss(
            item("attrs").replace("<item>", "<item " + " ".join(f'a{n}="x"' for n in range(50_000)) + ">")
        ),
        "lt-flood": rss(item("x", 1, f"<description><![CDATA[{'<' * 200_000}]]></description>")),
        "comment-flood": rss(item("x", 1, f"<description><![CDATA[{'<!--' * 50_000}]]></description>")),
        "odd-json": '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"title":null,'
        '"url":"http://news.example/1","date_published":"2023-10-16T10:00:00Z"},{"id":"2","content_text":"a < b"},7]}',
        "not-json": '{"items": [',
        "empty": "",
    }  # fmt: skip
    russian = rss(item("Привет мир"))
    found = {name: text.encode("utf-8") for name, text in texts.items()}
    found["lying-utf8-is-cp1251"] = russian.encode("cp1251")
    found["lying-latin1-is-utf8"] = russian.replace('encoding="utf-8"', 'encoding="iso-8859-1"').encode()
    found["utf16-without-mark"] = rss(item("utf16")).encode("utf-16-le")
    found["nul-and-controls"] = rss(item("nul\x00here \x08x")).encode()
    found["gzip-bomb.gz"] = gzip.compress(b"<rss>" + b" " * 64_000_000, 9)
    return found
