"""A digest with something in every part, made by hand; hostile words where words may stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from marsad.publish.digest.content import (
    Bar,
    Changed,
    Correction,
    Digest,
    Disputed,
    Entry,
    Link,
    Move,
    Number,
    Pictured,
    Spot,
    Total,
    Voice,
)

HOSTILE = "<script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(2)>"
ARABIC = "صحيفة المرفأ"


def make_entry(**changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": "incident-00000000000000aa",
        "link": Link("0000000", "https://desk.example.org/incidents/incident-00000000000000aa"),
        "label": "Armed clash",
        "where": "near Tartus, Syria (district)",
        "when": "25 Dec 2024",
        "status": "contested",
        "numbers": (Number("killed", "14 or more", (Link(ARABIC, "https://a.example/1"),)),),
        "actors": (HOSTILE, ARABIC),
        "recipients": ("soldiers",),
        "sources": ("a" * 300, ARABIC),
        "reports": (Link(f"{ARABIC}, 26 Dec 2024"), Link("Harbour Wire", "https://w.example/2")),
        "coarse": False,
        "toll": (14, 0),
    }
    return Entry(**values | changes)


def make_digest(**changes: Any) -> Digest:
    entry = make_entry()
    moves = (
        Move("killed", "6", "14 or more", Link("report of Harbour Wire", "https://w.example/1")),
        Move("place", ARABIC, HOSTILE, None, (Link("the ministry"),)),
    )
    voices = (
        Voice("the army", Link("Harbour Wire"), ("killed: 6",), HOSTILE),
        Voice(ARABIC, None, (), "قُتل أربعة عشر جنديًا، قال مدير المستشفى."),
    )
    about = ("Armed clash, near Tartus, Syria (district), 25 Dec 2024", "how many")
    values: dict[str, Any] = {
        "title": "Weekly digest",
        "filter_words": "in Syria",
        "filter_name": "syria",
        "profile": "public",
        "policy": "latest-credible",
        "since": datetime(2024, 12, 20, tzinfo=UTC),
        "until": datetime(2024, 12, 27, tzinfo=UTC),
        "made_at": datetime(2024, 12, 27, 6, tzinfo=UTC),
        "rows": (10, 90),
        "ledger_head": "ab" * 32,
        "base_url": "https://desk.example.org",
        "new_count": 45,
        "changed_count": 1,
        "new": (entry, replace(entry, label="Peaceful protest", numbers=(), status="corroborated")),
        "changed": (Changed(entry, moves, "now one with 1111111", Link("a report (row 7)")),),
        "disputed": (Disputed(entry.link, *about, *voices),),
        "more_disputed": 3,
        "corrections": (Correction(entry.id, entry.link, about[0], "13 to 19 Dec 2024", moves),),
        "more_corrections": 0,
        "totals": (Total("killed", 2, 14, 20, 1, 14, -3), Total("injured", 0, 0, 0, 0, 0, 5)),
        "pictured": Pictured(
            spots=(
                Spot("Homs", 36.72, 34.72, 5, True, True),
                Spot("Tartus", 35.89, 34.89, 30, False, True),
                Spot("Syria", 38.5, 35.0, 500, False, False),
            ),
            placeless=2,
            bars=(Bar("2024-12-24", 0, 3), Bar("2024-12-25", 14, 10)),
            dayless=1,
        ),
    }  # fmt: skip
    return Digest(**values | changes)


def empty_digest() -> Digest:
    return make_digest(
        new_count=0, changed_count=0, new=(), changed=(), disputed=(), more_disputed=0,
        corrections=(), totals=(), pictured=Pictured(),
    )  # fmt: skip
