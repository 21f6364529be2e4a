"""Who acts and who receives, around a verb or a noun in a sentence's units (`stories.clauses`)."""

from __future__ import annotations

from itertools import pairwise

from stories.actors import is_known, is_office
from stories.acts import Flow, Form, Frame, acts
from stories.clauses import Part, Unit, is_determiner

_AGAINST = ("on", "at", "against", "into", "of", "towards", "toward", "with")
_TOWARDS = {
    "attack": ("in", "near"),
    "sanction": ("in", "from"),
    "recognise": ("for", "to"),
    "accuse": ("by",),
}
"""Prepositions of some families alone: "hit homes in Kyiv", "frozen in Russian assets", "backs immunity for"."""
BY_PLACE = {"arrest": ("in", "from"), "sanction": ("from",)}
"""Acts of a state within its borders: "Briton arrested in Iran", "freed from an Iranian jail", "banned from Russia"."""
_DENYING = frozenset(
    {"denies", "denied", "deny", "denying", "rejects", "rejected", "dismisses", "dismissed", "refutes"}
)
_HELD = frozenset({"held", "seized", "captured", "taken", "owned", "controlled", "kept"})
REACH = 9
"""Units after a verb in which its recipient is looked for; headlines are rarely longer."""


def agent(row: list[Unit], after: int) -> str:
    """The actor after "by", before the clause ends."""
    for at in range(after, min(len(row), after + REACH)):
        if row[at].word == "by":
            return next((unit.actor for unit in row[at + 1 : at + 5] if unit.actor), "")
        if row[at].word in ("in", "after", "as") and (actor := _attacker(row, at + 1)):
            return actor
        if row[at].word == "with" and row[at - 1].word in acts().encounters:
            return next((unit.actor for unit in row[at + 1 : at + 3] if unit.actor), "")
        if row[at].part is Part.BREAK:
            return ""
    return ""


def _attacker(row: list[Unit], after: int) -> str:
    """Whose attack it is in "killed in an Israeli raid", "wounded after Israeli forces storm …"."""
    for at in range(after, min(len(row), after + 3)):
        if row[at].part is Part.ACTOR:
            acted = any(
                frame.family == "attack"
                for unit in row[at + 1 : at + 4]
                for frame in (*unit.nouns, *(sense.frame for sense in unit.senses))
            )
            return row[at].actor if acted else ""
        if row[at].part not in (Part.WORD, Part.GOODS):
            return ""
    return ""


def subject_of(row: list[Unit], index: int, form: Form) -> str:
    """The nearest actor to the left that can act: not one behind a preposition, not across a clause."""
    fallback = ""
    crossed = 0
    at = index - 1
    if form is Form.ING and at >= 0 and row[at].part is Part.SAYER:
        return ""  # "Putin says giving missiles to Kyiv prolongs the war"
    if form is Form.ING and at >= 0 and row[at].word == "about":
        # "a report about arming the Taliban" does not say who arms; who denies one is said to have done it
        return next(
            (one.actor for one, then in pairwise(row[:at]) if one.actor and then.word in _DENYING), ""
        )
    while at >= 0:
        unit = row[at]
        if (
            unit.word == "who"
            and crossed == 0
            and at
            and not row[at - 1].actor
            and row[at - 1].part is Part.WORD
        ):
            return _of_people(row, at - 1) or _renamed(row, at - 1)
        if (
            unit.part is Part.BREAK
            and unit.word not in ("and", "who", "that", "which")
            and form is not Form.ING
            and not is_office(row[at + 1].word)  # "Moldova: airspace closed after President accuses Russia"
        ):
            return fallback
        if unit.part is Part.VERB:
            crossed += 1
            if crossed > 2:
                return fallback
        if unit.word == "it" and at and row[at - 1].part is not Part.VERB:
            told = row[at - 2] if at > 1 and row[at - 1].part is Part.SAYER else unit
            if is_known(told.actor) and not _governor(row, at - 2):  # not "snaps back at US claims it …"
                return told.actor  # "Russian admiral seen in video after Ukraine said it killed him"
            if row[at - 1].word in ("if", "unless"):  # "vows consequences for China if it arms Russia"
                return next((each.actor for each in reversed(row[:at]) if is_known(each.actor)), fallback)
            # "China knocks US over claims it considers …": the sentence's own actor.
            return next((each.actor for each in row[:at] if each.actor), fallback)
        if unit.word == "," and at == index - 1 and form is Form.PLAIN:
            # "Wagner chief says his men will leave, blasts Moscow": headlines go on with their first actor
            return next((each.actor for each in row[:at] if each.actor), "")
        if unit.word == "being" and form is Form.PAST and row[at - 1].part is Part.BREAK:
            # "soldier back home after being freed by North Korea"
            return next((each.actor for each in row[:at] if each.actor), "")
        if unit.word == "for" and form is Form.ING and at == index - 1:
            # "sanctions Iran for arming Russia", "thanks Oslo for sending": who is blamed or thanked did it
            return next((each.actor for each in reversed(row[:at]) if each.actor), "")
        if unit.word in ("he", "she"):  # "…, Biden says, as he welcomed the French president"
            spoken = (each.actor for each, then in pairwise(row[:at]) if then.part is Part.SAYER)
            return next(filter(None, spoken), "")
        if unit.part is Part.ACTOR:
            if form is Form.ING and at == index - 1 and not unit.owns and _governor(row, at) in ("", "of"):
                return unit.actor  # "a cartoon of Roe holding …"
            if form is Form.ING and unit.owns and not is_known(unit.actor):
                at -= 1
                continue  # "Seoul faces 'Sophie's choice' over sending arms"
            before = _governor(row, at)
            if not is_known(unit.actor) and before == "" and (people := _of_people(row, at)):
                return people
            if before == "":
                return unit.actor
            if before in ("in", "from") and at > 1 and is_office(row[at - 2].word):
                return unit.actor  # "officials in Lima warn of"
            if before == "of" and not fallback:
                fallback = unit.actor
        at -= 1
    return fallback


def _renamed(row: list[Unit], at: int) -> str:
    """Who is called something else behind a comma or dash: "Ada Roe, the writer who accused him"; else nobody we know."""
    while at > 1 and (row[at].part is Part.WORD or is_determiner(row[at])):
        at -= 1
    return row[at - 1].actor if at and row[at].word in (",", "—", "–") else ""


def _of_people(row: list[Unit], at: int) -> str:
    """Whose somebody unknown is, told right before the name: "American ex-paratrooper Michael Leake arrested"."""
    for unit in reversed(row[max(0, at - 4) : at]):
        if unit.part is Part.ACTOR:
            return unit.actor if unit.adjective and not unit.owns and is_known(unit.actor) else ""
        if unit.part is not Part.WORD:
            return ""
    return ""


def _governor(row: list[Unit], at: int) -> str:
    """The preposition an actor hangs on, over its determiner and adjectives; empty when none."""
    if at + 1 < len(row) and row[at + 1].word == "to" and at and row[at - 1].word in ("for", "of"):
        return ""  # "a mistake for China to provide weapons"
    for unit in reversed(row[max(0, at - 3) : at]):
        if unit.part is Part.BREAK:
            return ""
        if unit.part is Part.PREPOSITION:
            return "" if unit.word == "to" and unit is row[0] else unit.word
        if unit.part is not Part.WORD and not is_determiner(unit):
            return ""
    return ""


def antecedent(row: list[Unit], index: int, subject: str) -> str:
    """Whom a pronoun can mean: the nearest actor before it that is not the subject."""
    return next((unit.actor for unit in reversed(row[:index]) if unit.actor and unit.actor != subject), "")


def bare_object(row: list[Unit], after: int, *, gerund: bool = False) -> str:
    """The actor that stands as bare object right after a verb; a ``gerund`` may itself be a subject."""
    for at, unit in enumerate(row[after : after + 4], after):
        if unit.part is Part.ACTOR:
            if _opens_clause(row, at) and not gerund:
                return ""  # "warns Australia could face war": the subject of what follows
            return "" if unit.adjective else unit.actor
        if _opens_clause(row, at):
            return ""  # "warns it will defend Australia"
        if unit.part is Part.PREPOSITION or unit.part in (Part.BREAK, Part.VERB, Part.GOODS):
            return ""
        if unit.part is Part.MARK and unit.word not in "'’‘\"“”":
            return ""
    return ""


def _opens_clause(row: list[Unit], at: int) -> bool:
    """Whether a pronoun, or an actor, is the subject of what follows ("it will defend")."""
    if row[at].word in ("he", "she", "they", "we"):
        return True
    if row[at].part not in (Part.PRONOUN, Part.ACTOR) or at + 1 >= len(row):
        return False
    follows = row[at + 1]
    return follows.word == "won't" or (follows.part is Part.AUXILIARY and follows.word not in ("to", "not"))


def behind(row: list[Unit], after: int, prepositions: tuple[str, ...], subject: str) -> str:
    """The actor behind one of these prepositions, before the clause ends."""
    for at in range(after, min(len(row), after + REACH + 3)):
        unit = row[at]
        if unit.part is Part.BREAK and unit.word != "and":
            return ""
        if unit.word in prepositions and row[at - 1].word not in ("ahead", "instead"):
            for held in row[at + 1 : at + 5]:
                if held.actor and held.actor != subject:
                    return held.actor
                if held.part in (Part.PREPOSITION, Part.BREAK, Part.VERB):
                    break
    return ""


def object_of(row: list[Unit], after: int, frame: Frame, subject: str, direct: str, earlier: str) -> str:
    """Who receives, is asked, or is acted upon, by the way the frame points; empty when the words do not say."""
    pronoun = after < len(row) and row[after].part is Part.PRONOUN and not _opens_clause(row, after)
    if frame.flow is Flow.GIVE:
        if pronoun and frame.transitive:
            return earlier
        if frame.transitive and direct and direct != subject:
            return direct
        return (
            behind(row, after, ("to",), subject)
            or _given(row, after, subject)
            or (direct if direct != subject else "")
            or behind(row, after, ("for",), subject)
            or (earlier if pronoun else "")
        )
    if frame.flow is Flow.GET:
        # "negotiates with the Taliban for arms": with whom one bargains is the source.
        source = ("from", "with") if frame.name == "seek" else ("from",)
        other = _held_by(row, after, subject) or behind(row, after, source, subject)
        if other:
            return other
        if direct and direct != subject:
            return direct
        # "buys Russian gas": what is got is the people's own.
        owned = next(
            (unit for unit in _phrase(row, after) if unit.part is Part.ACTOR and unit.adjective), None
        )
        return owned.actor if owned and owned.actor != subject else ""
    if frame.needs_goods:  # "rains Iranian drones on Ukraine": whose the drones are says nothing
        return behind(row, after, _AGAINST, subject) or (direct if direct != subject else "")
    if direct and direct != subject:
        return direct
    if pronoun:
        return earlier
    # Beyond the bare object only what an act goes against: "fires missiles at", "imposes a ban on".
    hung = False
    for at, unit in enumerate(row[after : after + REACH], after):
        if unit.part is Part.BREAK or (unit.part is Part.MARK and unit.word in ",;:—–"):
            return ""
        if unit.part is Part.PREPOSITION:
            hung = True
            if unit.word not in _TOWARDS.get(frame.family, ()) and unit.word not in _AGAINST:
                return ""
        elif not hung and (_opens_clause(row, at) or (unit.part is Part.VERB and unit.word.endswith("ing"))):
            return ""
        elif unit.actor and unit.actor != subject:
            return "" if _opens_clause(row, at) else unit.actor
    return ""


def _phrase(row: list[Unit], after: int) -> list[Unit]:
    """What stands right behind a verb, up to where another phrase begins ("urges arms support | to thwart …")."""
    stop = after
    while stop < min(len(row), after + 6) and (
        row[stop].part not in (Part.PREPOSITION, Part.BREAK, Part.VERB, Part.AUXILIARY)
        or row[stop].word == "of"
    ):
        stop += 1
    return row[after:stop]


def _held_by(row: list[Unit], after: int, subject: str) -> str:
    """Who has what is sought, whoever made it: "US weapons seized by the Taliban"."""
    for at in range(after, min(len(row) - 1, after + REACH)):
        if row[at].word in _HELD and row[at + 1].word == "by":
            return behind(row, at + 1, ("by",), subject)
    return ""


def _given(row: list[Unit], after: int, subject: str) -> str:
    """Whom a thing is given to when both stand bare: "sends Ukraine tanks" (but "sends Russian tanks")."""
    first = next((unit for unit in row[after : after + 2] if unit.part is Part.ACTOR), None)
    return first.actor if first and first.country and not first.owns and first.actor != subject else ""


def whose(row: list[Unit], after: int, taker: str) -> str:
    """Whose goods are got: "imports of Russian uranium"."""
    for unit in row[after : after + 4]:
        if unit.part is Part.ACTOR and unit.actor != taker:
            return unit.actor
        if unit.part in (Part.BREAK, Part.MARK, Part.VERB) or unit.word in ("to", "for", "by", "in"):
            return ""
    return ""


def faced(row: list[Unit], index: int) -> str:
    """Who has an act before them: "Lebanese banker faces French arrest warrant", "Google faces US lawsuit"."""
    for at in range(index - 1, max(0, index - 6), -1):
        if row[at].word in ("face", "faces", "faced", "facing"):
            return subject_of(row, at, Form.PLAIN)
    return ""


def held_at(row: list[Unit], index: int, of: str) -> tuple[str, str]:
    """Who holds whom in "Travis King's release from North Korea", "American back after detention in Iran"."""
    holder = behind(row, index + 1, ("from", "in"), of)
    named = [each.actor for each in row[:index] if is_known(each.actor) and each.actor != holder]
    return (holder, of if is_known(of) else named[0]) if holder and (named or is_known(of)) else (of, "")


def imposer(row: list[Unit], index: int) -> str:
    """Who imposes, where the actor before the noun is the one it hits ("EU eyes new Russia sanctions")."""
    held = next((at for at in range(index - 1, max(-1, index - 3), -1) if row[at].part is Part.ACTOR), None)
    return owner(row, held) if held is not None and row[held - 1].word in acts().enactors else ""


def owner(row: list[Unit], index: int) -> str:
    """Whose act a noun is: the adjective or possessive before it ("Russian strike", "Iran's attack")."""
    enactors, strange = acts().enactors, 0
    for at in range(index - 1, max(-1, index - 9), -1):
        unit = row[at]
        if unit.part is Part.ACTOR:
            return "" if strange and not _enacts(row, at, index) else unit.actor
        if unit.word == "of" or (unit.part is Part.PREPOSITION and at and row[at - 1].word in enactors):
            continue  # "a wave of strikes", "agrees on sanctions against"
        if unit.word in "'’‘\"“”":
            continue  # "Israeli settlers' attack", "over 'evil' drone supplies"
        if unit.word in ("its", "their", "his", "her"):  # "NATO won't back down in its support for Ukraine"
            return next((each.actor for each in reversed(row[:at]) if each.actor), "")
        if unit.word in ("for", "over") and at and row[at - 1].part is Part.ACTOR:
            return row[at - 1].actor  # "punishes South Africa for support for Russia"
        if is_office(unit.word):
            continue  # "UK Foreign Secretary pledges support"
        if unit.part in (Part.PREPOSITION, Part.BREAK, Part.MARK, Part.SAYER) and unit.word not in enactors:
            return ""
        if unit.part is Part.VERB and unit.word not in enactors and unit.word not in acts().goods:
            return ""
        if unit.part is Part.WORD and unit.word not in enactors and not is_determiner(unit):
            strange += 1
            if strange > 2:
                return ""
    return ""


def _enacts(row: list[Unit], at: int, index: int) -> bool:
    """Whether a word between an actor and a noun says that the act is the actor's, or nothing but adjectives do."""
    between = [unit for unit in row[at + 1 : index] if unit.part is not Part.MARK]
    return any(unit.word in acts().enactors for unit in between) or len(between) <= 2
