"""Synthetic reports: sentences of our own with invented places, parties and numbers.

Two mixes. `dense`: every report is about a conflict, and half of its sentences tell violence; the
rest is what surrounds it in a newspaper. `mixed`: what a feed of world news brings. Every second
report has no violence, and the others have it in a third of their sentences, so that skipping what
does not matter counts as it does in life.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

PLACES = (
    "Goma", "Maiduguri", "Kherson", "Mandalay", "Aleppo", "El Fasher", "Cali", "Mosul", "Kunduz",
    "Gao", "Marib", "Khan Younis", "Mogadishu", "Quetta", "Culiacán", "Port-au-Prince",
)  # fmt: skip
ACTORS = (
    "gunmen", "government troops", "rebel fighters", "militants", "the army", "armed men",
    "a local militia", "police officers", "unidentified attackers", "separatists",
)  # fmt: skip
VICTIMS = (
    "civilians", "soldiers", "villagers", "police officers", "students", "farmers", "protesters",
    "worshippers", "aid workers", "bus passengers",
)  # fmt: skip
SOURCES = (
    "the defence ministry said", "a hospital doctor said", "police said",
    "residents told reporters",
    "according to a monitoring group", "the governor's office said", "state media reported",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
VIOLENT = (
    "At least {n} {victims} were killed and {m} others wounded when {actors} "
    "attacked a convoy near {place} on {day}, {source}.",
    "Shelling hit a market in {place} on {day}, killing {n} people, {source}.",
    "{actors_cap} abducted {n} {victims} from a village outside {place}, {source}.",
    "A car bomb exploded in central {place} on {day} night, wounding dozens, {source}.",
    "The group denied that its fighters had taken part in the attack in {place}.",
    "Hundreds marched in {place} on {day} to demand the release of {n} detained {victims}.",
    "Fighting between {actors} and {actors2} in {place} left {n} {victims} dead, {source}.",
    "An air strike on the outskirts of {place} killed {n} {victims}, "
    "including three children, {source}.",
)  # fmt: skip
QUIET = (
    "The town of {place} lies on the main road and is home to about {big} people.",
    "Prices for bread and fuel have risen in {place} since the spring, traders say.",
    "The foreign minister met his counterpart for talks about trade and visas on {day}.",
    "Officials promised to repair the bridge before the rainy season begins.",
    "The national team plays its next match in {place} on {day}.",
    "Schools in the region opened again after the holidays, with fewer teachers than last year.",
    "Analysts expect the central bank to leave interest rates unchanged.",
    "Aid agencies have asked for more money for the winter.",
    "The museum in {place} has reopened with {n} paintings that had been in storage for years.",
    "A new ferry will carry up to {m} passengers between the two banks from {day}.",
    "Farmers around {place} expect a good harvest after heavy rain in the hills.",
    "The court adjourned a dispute over land between two brothers until {day}.",
    "Shares in the telephone company fell by {n} per cent before recovering.",
    "Doctors at the clinic in {place} vaccinated {big} children against measles this year.",
    "The film, shot in {place}, tells of a teacher who wins a battle with the school board.",
    "Candidates traded attacks over taxes in a debate that ran for {n} minutes.",
)  # fmt: skip


MIXES = {"dense": (0.5,), "mixed": (0.35, 0.0)}


def make_texts(mix: str, count: int, *, seed: int = 7, sentences: int = 22) -> Iterator[str]:
    """`count` reports of about `sentences` sentences; the same seed gives the same reports.

    The shares of violent sentences that `MIXES` names are given to the reports in turn.
    """
    chooser = random.Random(seed)
    shares = MIXES[mix]
    for number in range(count):
        share = shares[number % len(shares)]
        lines = [_sentence(chooser, share) for _ in range(sentences)]
        paragraphs = [" ".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]
        yield f"{chooser.choice(PLACES)} — " + "\n\n".join(paragraphs)


def _sentence(chooser: random.Random, share: float) -> str:
    template = chooser.choice(VIOLENT if chooser.random() < share else QUIET)
    actors = chooser.choice(ACTORS)
    return template.format(
        n=chooser.randint(2, 40),
        m=chooser.randint(2, 40),
        big=chooser.randint(10, 900) * 1000,
        victims=chooser.choice(VICTIMS),
        actors=actors,
        actors_cap=actors[0].upper() + actors[1:],
        actors2=chooser.choice(ACTORS),
        place=chooser.choice(PLACES),
        day=chooser.choice(DAYS),
        source=chooser.choice(SOURCES),
    )
