from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.dateline import find_dateline, normal_case


@pytest.mark.parametrize(
    ("text", "city", "rest"),
    [
        ("ERBIL, Kurdistan Region of Iraq - At least two", "Erbil", "At least two"),
        ("KYIV (Reuters) - Drones hit", "Kyiv", "Drones hit"),
        ("GOMA, DR Congo, March 3 (Xinhua) -- Rebels took", "Goma", "Rebels took"),
        ("Port-au-Prince — Gangs set", "Port-au-Prince", "Gangs set"),
        ("PORT-AU-PRINCE, Haiti (AP) — Gangs set", "Port-au-Prince", "Gangs set"),
        ("BEIRUT: Rockets fell", "Beirut", "Rockets fell"),
        ("MIEH MIEH/BEIRUT: Rival groups", "Mieh Mieh", "Rival groups"),
        ("YOLA (Adamawa, Nigeria), Nov 4 (NNN-XINHUA) — A group", "Yola", "A group"),
        ("Kabul, Afghanistan, Oct 11, SPA -- Suspected", "Kabul", "Suspected"),
        ("N'DJAMENA, Chad (AP) — Gunmen", "N'Djamena", "Gunmen"),
        ("DEIR AL-BALAH, Gaza Strip — Strikes", "Deir al-Balah", "Strikes"),
        ("COX’S BAZAR, Bangladesh — Fire", "Cox's Bazar", "Fire"),
        ("KHARTOUM, April 15, 2023 (AFP) – Fighting", "Khartoum", "Fighting"),
        ("WASHINGTON, D.C. — The", "Washington", "The"),
        ("MASHIKOU — Residents fled", "Mashikou", "Residents fled"),
        ("FELTON, Calif. (KSBW) - Deputies", "Felton", "Deputies"),
        ("INDIANAPOLIS, Ind. (Nov. 9th 2015) -- A game", "Indianapolis", "A game"),
        ("Lagos: Police said", "Lagos", "Police said"),
        ("DETROIT The U.S. agency", "Detroit", "The U.S. agency"),
        ("Two die in raid. LEXINGTON, Neb. (AP)  Three men", "Lexington", "Three men"),
        ("A standfirst comes first\n\nHOMS, Syria - Shots", "Homs", "Shots"),
        ("SANTIAGO, 20 MAR 89 (DOMESTIC SERVICE) -- [TEXT] THE ARMY", "Santiago", "THE ARMY"),
        ("MANAGUA (NICARAGUA), NO DATE (DPA) -- [REPORT] [TEXT] THE ARMY", "Managua", "THE ARMY"),
        ("CLANDESTINE, 8 JAN 90 (RADIO X)-- [TEXT] A BULLETIN", None, "A BULLETIN"),
    ],
)
def test_dateline_gives_city_and_where_the_story_begins(text, city, rest):
    found = find_dateline(text)
    assert found is not None
    assert (found.city, text[found.end :]) == (city, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Aleppo — Syria's second city — fell on Sunday.",
        "Mali - one of the poorest countries - has",
        "Kyiv - the capital - was calm.",
        "Police: Three killed in raid",
        "UPDATE: Three killed in raid",
        "WATCH — Three killed in raid",
        "HAMAS: We will answer",
        "NATO — The alliance met",
        "Zelensky: Russia must pay",
        "The attack - The worst in years",
        "Monday, March 10 - Police said",
        "Islamic State (ISIS) - The group",
        "They fled Homs. The army followed.",
        "THE ARMY SAID THE ATTACK - THE WORST OF THE YEAR - FAILED.",
        "",
    ],
)
def test_ordinary_sentence_has_no_dateline(text):
    assert find_dateline(text) is None


def test_printed_day_is_kept_when_it_has_a_year():
    found = find_dateline("LIMA, 29 MAR 89 (EFE) -- [TEXT] A BOMB WENT OFF TODAY IN A BAR.")
    assert found is not None
    assert found.filed == date(1989, 3, 29)
    assert found.agency == "EFE"


@pytest.mark.parametrize(
    ("name", "cased"),
    [
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("ST. PETERSBURG", "St. Petersburg"),
        ("KHAN AL-SHIH", "Khan al-Shih"),
        ("O'FALLON", "O'Fallon"),
        ("Kyiv", "Kyiv"),
    ],
)
def test_city_is_put_in_its_usual_case(name, cased):
    assert normal_case(name) == cased


@given(st.text(max_size=200))
def test_span_lies_within_the_text(text):
    found = find_dateline(text)
    assert found is None or 0 <= found.start < found.end <= len(text)
