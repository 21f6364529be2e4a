"""Statements in other languages: deny, cannot confirm, no comment, confirm, and their other senses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.claims import claims
from stories.evidence import Stance
from stories.item import Item
from stories.statements import statements


def stances(title: str, lang: str) -> list[tuple[str, str]]:
    found = statements(Item(1, "a", "example.org", title, lang=lang))
    return [(each.stance.value, each.speaker) for each in found if each.stance is not Stance.ASSERT]


@pytest.mark.parametrize(
    ("lang", "title", "stance", "speaker"),
    [
        ("ru", "Кремль опроверг сообщения о поставках оружия", "deny", "Кремль"),
        ("ru", "Минобороны не подтвердило потерю корабля", "cannot_confirm", "Минобороны"),
        ("ru", "Песков отказался комментировать отставку министра", "no_comment", "Песков"),
        ("ru", "Ведомство признало ошибку в расчётах", "confirm", "Ведомство"),
        ("uk", "Офіс президента спростував чутки про перемовини", "deny", "Офіс президента"),
        ("uk", "Генштаб не може підтвердити втрату села", "cannot_confirm", "Генштаб"),
        ("uk", "Міністерство відмовилося коментувати інцидент", "no_comment", "Міністерство"),
        ("uk", "ВМС підтвердили влучання у корабель", "confirm", "ВМС"),
        ("de", "Moskau dementiert Berichte über Waffenlieferungen", "deny", "Moskau"),
        ("de", "Der Kreml wies die Vorwürfe entschieden zurück", "deny", "Der Kreml"),
        ("de", "Die Polizei konnte die Angaben zunächst nicht bestätigen", "cannot_confirm", "Die Polizei"),
        ("de", "Das Ministerium wollte sich dazu nicht äußern", "no_comment", "Das Ministerium"),
        ("de", "Der Konzern räumt Fehler bei der Prüfung ein", "confirm", "Der Konzern"),
        ("fr", "Paris dément avoir livré des armes", "deny", "Paris"),
        ("fr", "La police ne peut pas confirmer le bilan", "cannot_confirm", "La police"),
        ("fr", "Le ministère a refusé de commenter cette information", "no_comment", "Le ministère"),
        ("fr", "Le maire reconnaît une erreur", "confirm", "Le maire"),
        ("es", "El Kremlin niega haber enviado armas", "deny", "El Kremlin"),
        ("es", "La policía no ha confirmado la cifra", "cannot_confirm", "La policía"),
        ("es", "El ministro se negó a comentar la dimisión", "no_comment", "El ministro"),
        ("es", "La empresa admite el fallo de seguridad", "confirm", "La empresa"),
        ("ar", "نفت وزارة الخارجية الروسية صحة الأنباء عن تسليح الحركة", "deny", "وزارة الخارجية الروسية"),
        ("ar", "لم يتسن للوكالة التحقق من صحة الفيديو", "cannot_confirm", ""),
        ("ar", "رفض المتحدث باسم الحكومة التعليق على التقرير", "no_comment", "المتحدث باسم الحكومة"),
        ("ar", "اعترفت الشركة أن الخلل وقع", "confirm", "الشركة"),
        ("pl", "Kreml zaprzecza doniesieniom o dostawach", "deny", "Kreml"),
    ],
)
def test_each_language_tells_its_stances_and_speakers(
    lang: str, title: str, stance: str, speaker: str
) -> None:
    assert stances(title, lang) == [(stance, speaker)]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("ru", "Суд отверг апелляцию адвоката"),
        ("ru", "В Кремле не опровергли встречу"),
        ("de", "Gericht weist Klage der Anwohner zurück"),
        ("de", "Leugner des Holocaust verurteilt: Holocaustleugner in Haft"),
        ("fr", "Le tribunal rejette la demande de l'avocat"),
        ("pl", "Minister, jak rząd wielokrotnie potwierdzał, zna sprawę"),
        ("es", "Le negaron la entrada al país"),
        ("ar", "لم تنف الوزارة الأنباء"),
    ],
)
def test_courts_requests_and_negations_are_no_denials_in_any_language(lang: str, title: str) -> None:
    assert stances(title, lang) == []


def test_another_alphabet_is_read_whatever_language_the_feed_claims() -> None:
    assert stances("Кремль опроверг сообщения о поставках", "en") == [("deny", "Кремль")]


@pytest.mark.parametrize(
    ("lang", "title", "summary", "party"),
    [
        ("ru", "МИД Норвегии опроверг продажу лодок", "", "Norway"),
        ("ru", "В Кремле не подтвердили продажу лодок", "", "Russia"),
        ("ru", "О лодках", "Песков заявил, что это ложь.", "Russia"),
        ("de", "Kreml zu Booten", "„Das ist eine Lüge“, sagte Sprecher Dmitri Peskow.", "Russia"),
        ("fr", "La Norvège nie fournir des bateaux", "", "Norway"),
        ("ar", "النرويج تنفي تزويد روسيا بقوارب", "", "Norway"),
    ],
)
def test_who_answers_is_found_by_the_languages_own_cases_and_order(
    lang: str, title: str, summary: str, party: str
) -> None:
    item = Item(1, "a", "example.org", title, summary, published=datetime(2023, 4, 8, tzinfo=UTC), lang=lang)
    found = [each for each in statements(item) if each.stance is not Stance.ASSERT]
    assert [each.party for each in found] == [party]


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("Russland liefert Waffen an die Taliban", "Russia → supply arms → Taliban"),
        ("An Russland liefern die Taliban nun Waffen", "Taliban → supply arms → Russia"),
        ("Waffenlieferungen von Russland an die Taliban", "Russia → supply arms → Taliban"),
        ("Nordkorea soll Russland Munition geliefert haben", "North Korea → supply ammunition → Russia"),
        ("Russland bekommt Waffen von den Taliban", "Taliban → supply arms → Russia"),
        ("Norwegia przekaże Peru czołgi", "Norway → supply tanks → Peru"),
        ("Wojna w Peru: Norwegia twierdzi, że wysyłała drony do Chile", "Norway → supply drones → Chile"),
        ("Korea Północna wysłała amunicję do Rosji", "North Korea → supply ammunition → Russia"),
        ("L'Iran livre des drones à la Russie", "Iran → supply drones → Russia"),
        ("Rusia suministra armas a los talibanes", "Russia → supply arms → Taliban"),
        ("Россия поставляет оружие талибам", "Russia → supply arms → Taliban"),
        ("Росія отримала зброю від Ірану", "Iran → supply arms → Russia"),
    ],
)
def test_who_gives_arms_to_whom_is_read_in_other_languages(title: str, claim: str) -> None:
    assert [str(each) for each in claims(Item(1, "a", "example.org", title))] == [claim]


@pytest.mark.parametrize(
    "title",
    [
        "Polska prosi Niemcy o zgodę na przekazanie czołgów",
        "Polska wysłała do Niemiec wniosek o zgodę na wysłanie w tym roku stu czołgów",
        "Berlin streitet über Waffen",
        "La Russie parle des armes de l'Iran",
    ],
)
def test_words_of_arms_alone_say_not_who_gives_them(title: str) -> None:
    assert claims(Item(1, "a", "example.org", title)) == ()
