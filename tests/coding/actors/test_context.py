"""Bare words for fighters, read from the whole report: linked where it names one group."""

import pytest
from spacy.language import Language

from marsad.coding.actors.finder import ActorFinder


@pytest.fixture(scope="module")
def who(base_nlp: Language):
    finder = ActorFinder()

    def _who(text: str, words: str) -> str | None:
        """Actor id of the last mention written `words`."""
        doc = finder(base_nlp(text))
        return next(
            (
                m["actor_id"]
                for m in reversed(doc._.actors)
                if doc[m["start"] : m["end"]].text == words
            ),
            None,
        )

    return _who


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Rebels ambushed a patrol in Ituri, the army said. The M23 has not commented.",
            "Rebels",
            "m23",
        ),
        (
            "ELN spokesmen met the envoy. In Arauca, guerrillas blew up a pipeline.",
            "guerrillas",
            "eln",
        ),
        (
            "TERRORISTS KILLED THE MAYOR OF AYACUCHO TODAY. SHINING PATH CALLED AN ARMED STRIKE.",
            "TERRORISTS",
            "sendero",
        ),
    ],
)
def test_fighters_are_the_one_group_the_report_names(who, text, words, expected):
    assert who(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Two groups, told of as often.
        ("Hamas and Hezbollah met. Militants fired at a post.", "Militants"),
        # Nobody has owned up.
        (
            "Militants attacked a church. Boko Haram is active there. No group has claimed it.",
            "Militants",
        ),
        # Set apart by the words.
        ("The FARC signed. Former guerrillas were shot dead in Cauca.", "Former guerrillas"),
        ("The FARC signed. Other rebels attacked the town.", "rebels"),
        # Whoever they are, nobody knows.
        ("Al-Shabaab holds the town. Gunmen shot a teacher.", "Gunmen"),
    ],
)
def test_fighters_stay_open_where_the_report_leaves_them_open(who, text, words):
    assert who(text, words) is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Armed men, apparently Mai-Mai fighters, abducted a nurse.", "Armed men", "mai-mai"),
        ("A gang of kidnappers, ELN members, took a farmer.", "A gang of kidnappers", "eln"),
        ("Gunmen, witnesses in Jos, fled.", "Gunmen", None),
    ],
)
def test_men_take_the_name_that_stands_beside_them(who, text, words, expected):
    assert who(text, words) == expected


def test_a_group_is_not_named_before_it_was_founded(base_nlp: Language):
    doc = base_nlp.make_doc("JNIM attacked the town.")
    doc._.report = {"published": "1991-05-02"}
    assert all(m["actor_id"] != "jnim" for m in ActorFinder()(doc)._.actors)
