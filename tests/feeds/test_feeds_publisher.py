from __future__ import annotations

import pytest
from tldextract import TLDExtract

from feeds import publisher
from feeds.publisher import domain_of_host, publisher_of


def test_every_rule_of_the_public_suffix_list_is_read_as_its_own_library_reads_it() -> None:
    reference = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
    rules = sorted(publisher._rules())
    assert len(rules) > 9_000
    for rule in rules:
        suffix = rule.lstrip("!").replace("*", "any")
        for host in (suffix, f"news.{suffix}", f"www.news.{suffix}"):
            expected = reference(host).top_domain_under_public_suffix or host.removeprefix("www.")
            assert domain_of_host(host) == expected, rule


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://feeds.bbci.co.uk/news/rss.xml", "bbci.co.uk"),
        ("https://www.xn--e1afmkfd.xn--p1ai/feed", "xn--e1afmkfd.xn--p1ai"),
        ("http://example.blogspot.com/feeds", "example.blogspot.com"),
        ("http://127.0.0.1:8080/feed", "127.0.0.1"),
        ("http://[::1]/feed", "::1"),
        ("http://www.localhost/feed", "localhost"),
        ("http://a..com/", "a..com"),
        ("http://xn--a.com/", "xn--a.com"),
        ("mailto:someone", "mailto"),
    ],
)
def test_an_address_belongs_to_its_registrable_domain(address: str, domain: str) -> None:
    assert publisher_of(address) == domain
