from __future__ import annotations

import pytest

from feeds.characters import decoded


@pytest.mark.parametrize(
    ("encoding", "language", "words"),
    [
        ("gb2312", "zh-cn", "新闻"),
        ("gb2312", "zh", "北京消息"),
        ("big5", "zh-TW", "新聞"),
        ("shift_jis", "ja", "日本のニュース"),
        ("euc_jp", "ja-JP", "日本のニュース"),
        ("euc_kr", "ko", "뉴스"),
        ("koi8-r", "ru", "Привет всем"),
        ("cp1252", "zh", "Café – déjà vu"),
    ],
)
def test_undeclared_words_too_few_to_tell_are_read_as_the_languages_own_encoding(
    encoding: str, language: str, words: str
) -> None:
    says = f"<rss><channel><language>{language}</language><title>{words}</title></channel></rss>"
    marked = f'<feed xml:lang="{language}"><title>{words}</title></feed>'
    known = f"<rss><channel><title>{words}</title></channel></rss>"
    for text, lang in ((says, ""), (marked, ""), (known, language)):
        assert decoded(text.encode(encoding), lang=lang)[0] == text
