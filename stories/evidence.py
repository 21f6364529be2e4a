"""What one item says: claims, statements and citations, each with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stories.item import Field, Span
from stories.states import CitationKind as CitationKind
from stories.states import CopyKind as CopyKind
from stories.states import Stance as Stance
from stories.states import Target as Target
from stories.states import Voice as Voice


@dataclass(frozen=True, slots=True)
class Claim:
    """Actor → action → recipient, in plain words ("Taliban → send arms → Russia")."""

    actor: str
    """Canonical actor as in `stories.actors` ("Russia", "Taliban")."""
    action: str
    """The frame's name ("supply", "attack", "accuse", "seek" …)."""
    recipient: str = ""
    """Canonical actor, or empty when nobody receives."""
    object: str = ""
    """What is given, taken or done, in the item's words ("weapons")."""
    span: Span | None = None
    """Where the words that say it stand."""

    def __str__(self) -> str:
        said_twice = " " not in self.object and self.object.startswith(self.action)  # "spy spying"
        act = self.action if said_twice else f"{self.action} {self.object}".strip()
        return " → ".join(part for part in (self.actor, act, self.recipient) if part)


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of a speaker on a claim, with the exact words and where they stand."""

    stance: Stance
    span: Span
    """The sentence or quotation that is the evidence; ``item.words(span)`` gives ``words``."""
    words: str
    """Exactly as they stand in the item."""
    cue: Span
    """The words that carry the stance ("denied", "can't confirm", "is a lie")."""
    speaker: str = ""
    """As the text names them ("Zia Ahmad Takal"); empty when nobody is named."""
    speaker_span: Span | None = None
    affiliation: str = ""
    """As the text gives it ("deputy spokesman for Afghanistan's Ministry of Foreign Affairs")."""
    party: str = ""
    """The canonical actor the speaker speaks for ("Taliban"); empty when unknown."""
    voice: Voice = Voice.NAMED
    proposition: str = ""
    """What is denied, confirmed, doubted or asserted, in the item's words; may be empty."""
    via: tuple[str, ...] = ()
    """Through whom the words reached this item, nearest first ("VOA", …); empty when first-hand."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Item → a source it names or links, with the words that name it."""

    source: str
    """Canonical name by the alias file ("VOA"), else as written."""
    kind: CitationKind
    words: str
    """The sentence that holds it, exactly; for a link its text."""
    span: Span | None = None
    """Where the source is named; None for a hyperlink."""
    href: str = ""
    cited_by: str = ""
    """Who cites it when that is not the item's own publisher ("The Sun" in "The Sun, citing …"): a chain."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one item's words say, without looking at any other item."""

    claims: tuple[Claim, ...] = ()
    """In order of standing: headline first, then lead."""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def stance(self) -> Stance | None:
        """The item's overall stance: its strongest statement's, where an assertion counts as none."""
        held = {statement.stance for statement in self.statements}
        return next((stance for stance in _ANSWERING if stance in held), None)

    @property
    def leading(self) -> Stance | None:
        """What the item leads with, as a reader would say it: see `leading_stance`."""
        return leading_stance(self.statements)


def leading_stance(statements: Iterable[Statement]) -> Stance | None:
    """What an item says: its headline's strongest stance, else its text's; None where it only asserts.

    A headline "Oslo admits it" over a text that recalls the earlier denial is an admission.
    """
    held = {(each.span.where is not Field.TITLE, each.stance) for each in statements}
    return next((stance for below in (False, True) for stance in _ANSWERING if (below, stance) in held), None)


_ANSWERING = tuple(stance for stance in Stance if stance is not Stance.ASSERT)


@dataclass(frozen=True, slots=True)
class Copy:
    """``item``'s text is (nearly) ``of``'s: word 5-gram containment."""

    item: int
    of: int
    containment: float
    """0..1, shared 5-grams over the smaller item's."""
    kind: CopyKind
