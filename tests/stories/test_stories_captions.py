"""A picture's caption is not the news it stands under."""

from __future__ import annotations

from stories.captions import captions, without_captions
from stories.claims import claims
from stories.item import Item


def test_a_caption_is_cut_from_its_lines_start_to_its_credit() -> None:
    text = (
        "Ministers met on Monday.\n"
        "Jane Roe speaks in Oslo, Norway, on Feb. 25, 2021. (John Doe/POOL/AFP via Getty Images)\nThey agreed."
    )
    ((start, end),) = captions(text)
    assert text[start:end].startswith("Jane Roe") and text[start:end].endswith("Getty Images)")
    assert "Ministers met" in without_captions(text) and "They agreed." in without_captions(text)


def test_every_way_to_credit_a_picture_is_known_and_other_brackets_stay() -> None:
    for credit in (
        "(AP Photo/Ann Roe)",
        "(Ann Roe/Reuters)",
        "(Photo by Ann Roe)",
        "(Ann Roe, Pool/AP Photo)",
    ):
        assert without_captions(f"A harbour in Riga. {credit}").strip() == ""
    told = "The alliance (NATO) met, Reuters (the agency) said, and and/or (see below) stayed."
    assert without_captions(told) == told


def test_a_file_pictures_line_is_a_caption_and_prose_far_before_a_credit_is_not() -> None:
    assert "harbour" not in without_captions("FILE - The harbour of Riga in 2019.\nThe port closed.")
    prose = "The port closed after a storm that broke its gates. " * 12
    assert without_captions(prose + "Waves in Riga. (Ann Roe/Reuters)").count("The port closed") == 12


def test_no_claim_is_read_from_a_caption() -> None:
    caption = "Brazil's army attacks Chile in a film of 1999. (Ann Roe/Getty Images)"
    assert claims(Item(1, "a", "a.org", "Carnival opens in Rio", summary=caption)) == ()
