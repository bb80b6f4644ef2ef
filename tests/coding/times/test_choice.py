"""Which time is the event's: parse, sentence, story; never the time of the saying."""

from __future__ import annotations

import pytest
from spacy.language import Language

from marsad.coding.mentions import Trigger
from marsad.coding.times.choice import attached_time_of, is_background_time, time_of
from marsad.coding.times.finder import find_times


def trigger_at(index: int, event_type: str = "attack") -> Trigger:
    return Trigger(
        start=index,
        end=index + 1,
        event_type=event_type,  # type: ignore[typeddict-item]
        entry="word",
        role="event",
        strength="strong",
        head=index,
    )


def day_of(nlp: Language, text: str, word: str, triggers: tuple[str, ...] = ()) -> str | None:
    """The first day of the time chosen for the first `word` of `text`."""
    doc = nlp(text)
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    indexes = {w: next(t.i for t in doc if t.text == w) for w in (word, *triggers)}
    doc._.triggers = [
        trigger_at(i, "arrest" if w.startswith("arrest") else "attack")
        for w, i in sorted(indexes.items(), key=lambda item: item[1])
    ]
    kind = "arrest" if word.startswith("arrest") else "attack"
    chosen = time_of(doc, trigger_at(indexes[word], kind))
    return None if chosen is None else str(doc._.times[chosen]["first"])


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Gunmen killed four people in Jos on Wednesday.", "killed", "2024-12-25"),
        ("Sunday's shooting left two dead.", "shooting", "2024-12-22"),
        ("The Sunday night shooting left two dead.", "shooting", "2024-12-22"),
        ("On Monday, rebels launched an attack on the base.", "attack", "2024-12-23"),
        ("The shooting happened around 3 a.m. Sunday.", "shooting", "2024-12-22"),
        ("Police said on Tuesday that two men were shot on Sunday.", "shot", "2024-12-22"),
        ("Police arrested a man on Tuesday over the 2015 bombing.", "bombing", "2015-01-01"),
        ("Police arrested a man on Tuesday over the 2015 bombing.", "arrested", "2024-12-24"),
        (
            "A suspect was charged on Tuesday with Sunday's shooting.",
            "shooting",
            "2024-12-22",
        ),
        (
            "On Tuesday, a day after police shot a man, crowds marched.",
            "shot",
            "2024-12-23",
        ),
        (
            "On Tuesday, a day after police shot a man, crowds marched.",
            "marched",
            "2024-12-24",
        ),
        (
            "It was reported today that on 20 December gunmen attacked a mine.",
            "attacked",
            "2024-12-20",
        ),
    ],
)
def test_the_time_on_the_event_is_taken(base_nlp, text, word, day) -> None:
    assert day_of(base_nlp, text, word) == day


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Tuesday that gunmen killed four people.",
        "Gunmen killed four people, the governor told reporters on Tuesday.",
        "Police on Tuesday identified the man killed in the square.",
        "Four people were killed, according to a statement released Tuesday.",
    ],
)
def test_the_time_of_the_saying_is_not_the_events(base_nlp, text) -> None:
    assert day_of(base_nlp, text, "killed") is None


@pytest.mark.parametrize(
    ("text", "word", "triggers", "day"),
    [
        # from the sentence before
        (
            "Rebels attacked a camp on Monday. They killed nine soldiers.",
            "killed",
            ("attacked",),
            "2024-12-23",
        ),
        # from the sentence after
        (
            "A man was killed in a bar. The shooting happened on Sunday night.",
            "killed",
            ("shooting",),
            "2024-12-22",
        ),
        # what was done about it does not date it
        (
            "A man was killed in a bar. Two men were arrested on Monday. The shooting "
            "happened on Sunday.",
            "killed",
            ("arrested", "shooting"),
            "2024-12-22",
        ),
        # the past is nobody's fallback
        (
            "A bomb killed two guards. In March 2015 rebels attacked the same post.",
            "killed",
            ("attacked",),
            None,
        ),
    ],
)
def test_the_story_dates_what_its_sentence_does_not(base_nlp, text, word, triggers, day) -> None:
    assert day_of(base_nlp, text, word, triggers) == day


def test_a_court_story_is_dated_by_its_old_crime(base_nlp) -> None:
    text = (
        "A man was sentenced to life for the killing of a guard. "
        "Judges said he attacked the guard on 4 June 2019."
    )
    assert day_of(base_nlp, text, "killing", ("attacked",)) == "2019-06-04"


def test_background_is_told_from_event_time(base_nlp) -> None:
    doc = base_nlp("He was jailed in 2014. Gunmen attacked on Monday.")
    doc._.report = {"published": "2024-12-26"}
    assert [is_background_time(time) for time in find_times(doc)] == [True, False]


def test_without_a_parse_the_nearest_event_time_of_the_sentence_counts(base_nlp) -> None:
    doc = base_nlp.make_doc("The mayor said on Monday that gunmen attacked on Sunday.")
    doc = base_nlp.get_pipe("marsad_sentences")(doc)
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    attacked = next(token.i for token in doc if token.text == "attacked")
    chosen = time_of(doc, trigger_at(attacked))
    assert chosen is not None
    assert doc._.times[chosen]["first"] == "2024-12-22"
    assert attached_time_of(doc, trigger_at(attacked)) is None


def test_a_trigger_outside_the_doc_has_no_time(base_nlp) -> None:
    doc = base_nlp("Gunmen attacked on Monday.")
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    assert time_of(doc, trigger_at(99)) is None


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Jets hit Rada on Tuesday. The strike came a day after a rocket attack on Yarim.",
         "attack", "2024-12-23"),
        ("Jets struck Taiz two days after rebels shelled the airport on Sunday.", "struck",
         "2024-12-24"),
        ("Jets struck Taiz two days after rebels shelled the airport on Sunday.", "shelled",
         "2024-12-22"),
        ("The army shelled Homs on Tuesday, a day after rebels killed three men.", "killed",
         "2024-12-23"),
        ("Rebels killed five on Friday. Two days after the attack, soldiers burned huts.",
         "burned", "2024-12-22"),
        ("Rebels killed five on Friday. Two days after the attack, soldiers burned huts.",
         "attack", "2024-12-20"),
        ("Shots killed two on Sunday. The following day, youths burned cars.", "burned",
         "2024-12-23"),
    ],
)  # fmt: skip
def test_events_told_after_each_other_are_dated_in_their_order(base_nlp, text, word, day):
    assert day_of(base_nlp, text, word, ("killed",) if "killed" in text else ()) == day


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A video circulated in recent days, allegedly showing men torching a shrine.", "torching"),
        ("Footage that surfaced on Monday shows men torching a shrine.", "torching"),
    ],
)
def test_the_day_a_video_went_round_dates_nothing_in_it(base_nlp, text, word):
    assert day_of(base_nlp, text, word) is None


def test_a_night_is_narrowed_to_the_day_that_is_given_for_it(base_nlp):
    text = "Four men were shot overnight. They stood by a bar at 2 a.m. Thursday when it began."
    assert day_of(base_nlp, text, "shot") == "2024-12-26"


def test_since_the_weekend_begins_on_saturday(base_nlp):
    text = "Shelling since the weekend has killed twenty people."
    assert day_of(base_nlp, text, "Shelling") == "2024-12-21"


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Half of the men tied to the shooting accepted plea deals on Friday.", "shooting", None),
        ("A man is behind bars on Friday after police say he shot a guard.", "shot", None),
        ("Charges over the shooting were dropped on Friday.", "shooting", None),
        # a court can be hit itself
        ("A bomb hit the court in Lahore on Monday.", "hit", "2024-12-23"),
    ],
)
def test_the_day_of_a_court_is_not_the_events(base_nlp, text, word, day):
    assert day_of(base_nlp, text, word) == day


def test_a_participle_on_the_event_dates_it(base_nlp):
    text = "A girl died on Tuesday of a gunshot wound suffered on Monday."
    assert day_of(base_nlp, text, "wound") == "2024-12-23"


def test_what_happened_when_a_search_began_is_of_that_day(base_nlp):
    text = "Police had searched for him since early Sunday when shots were fired at a house."
    assert day_of(base_nlp, text, "fired") == "2024-12-22"


def test_the_story_keeps_its_clock_by_days(base_nlp):
    text = (
        "A tenant shot nine people on Monday. In August, he had pointed a gun at roofers. "
        "Four of those shot are children."
    )
    doc = base_nlp(text)
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    heads = [token.i for token in doc if token.text in {"shot", "pointed"}]
    doc._.triggers = [trigger_at(head) for head in heads]
    chosen = time_of(doc, trigger_at(heads[-1]))
    assert chosen is not None
    assert doc._.times[chosen]["first"] == "2024-12-23"
