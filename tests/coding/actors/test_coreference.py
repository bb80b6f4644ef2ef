"""Coreference of parties: links that hold, and links that must not be made."""

import pytest
from spacy.language import Language

from marsad.coding.actors.coreference import same_name
from marsad.coding.actors.finder import ActorFinder


@pytest.fixture(scope="module")
def resolve(base_nlp: Language):
    finder = ActorFinder()

    def _resolve(text: str, words: str) -> str | None:
        """What the last mention written `words` refers back to, through the whole chain."""
        doc = finder(base_nlp(text))
        mentions = doc._.actors
        last = [m for m in mentions if doc[m["start"] : m["end"]].text == words]
        if not last:
            return None
        mention, hops = last[-1], 0
        while mention["antecedent"] is not None and hops < 10:
            mention, hops = mentions[mention["antecedent"]], hops + 1
        return mention["name"] if hops else None

    return _resolve


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Al-Shabaab attacked a base on Monday. The group said it took weapons.",
            "The group",
            "al-Shabaab",
        ),
        (
            "The Sudan Doctors Network counted nine dead. The network said women were hit.",
            "The network",
            "Sudan Doctors Network",
        ),
        (
            "The Peruvian interior ministry sent police. The ministry gave no toll.",
            "The ministry",
            "Peruvian interior ministry",
        ),
        (
            "Ukrainian troops left the town. The army said it was planned.",
            "The army",
            "Ukrainian military",
        ),
        (
            "Masked gunmen stopped a bus at dawn. The gunmen took two teachers.",
            "The gunmen",
            "Masked gunmen",
        ),
        (
            "Farid Mansour, a police commander, was shot dead. Mansour was 41.",
            "Mansour",
            "Farid Mansour",
        ),
        (
            "Farid Abdulrahman spoke on Friday. Abulrahman gave no toll.",
            "Abulrahman",
            "Farid Abdulrahman",
        ),
        (
            "Police commander Farid Mansour was angry. He said the patrol was ambushed.",
            "He",
            "Farid Mansour",
        ),
        ("The rebels left the town. They burned a depot.", "They", "rebels"),
        (
            "The Lake Region Defence Council (LRDC) denied it. Later the LRDC admitted it.",
            "LRDC",
            "Lake Region Defence Council",
        ),
    ],
)
def test_references_point_back(resolve, text, words, expected):
    assert resolve(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # two groups in one sentence: the reader cannot tell
        ("Hamas and Hezbollah met in secret. The group denied it.", "The group"),
        # no party before
        ("The group denied it.", "The group"),
        # too many men in the news
        ("A man was shot on Monday. Police found the man on Friday.", "the man"),
        # two women and two men
        ("Ana Ruiz and Eva Cruz met. She was arrested.", "She"),
        # another country's army
        ("The Kenyan army left. The Ugandan army stayed.", "The Ugandan army"),
    ],
)
def test_doubtful_references_stay_open(resolve, text, words):
    assert resolve(text, words) is None


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("abdulrahman", "abulrahman", True),
        ("abdulrahim", "abdulkarim", False),
        ("ali", "aly", False),
        ("mansour", "mansoor", False),
        ("zelenskyy", "zelensky", True),
    ],
)
def test_one_slip_of_spelling_is_forgiven_in_long_names(a, b, same):
    assert same_name(a, b) is same


def test_a_headline_takes_the_identity_its_words_have_further_down(base_nlp):
    text = (
        "Rebel group burns a market\n\nFighters of the Oromo Liberation Army came at dawn. "
        "The rebel group burned the market."
    )
    doc = ActorFinder()(base_nlp(text))
    assert doc._.actors[0]["name"] == "Rebel group"
    assert doc._.actors[0]["actor_id"] == "ola"
