"""Whatever a report says, no format fails on it, and no name gets out."""

import csv
import io
import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.publish.exports.content import ReportNote
from marsad.publish.exports.formats import FORMAT_NAMES, load_format
from marsad.publish.exports.withholding import Withholding, fold_words
from marsad.records import Participant, Source
from tests.publish.exports.sample import (
    INTERNAL,
    PUBLIC,
    TOWN,
    make_claim,
    make_context,
    make_item,
    make_report,
    tell,
    written,
)

TEXTS = [name for name in FORMAT_NAMES if load_format(name).to_stream is not None]
# Also lone surrogates, which no encoding can write.
WILD = st.text(st.characters(exclude_categories=()), min_size=1, max_size=40)
NAME_WORDS = st.sampled_from(
    ["Nadim", "Farhan", "Öztürk", "Nguyễn", "O’Keefe", "al-Masri", "Зайцев", "Ibn"]
)


def wild_item(name, place, title, quote):
    item = make_item()
    report = make_report(title=title, outlet=place, url=title)
    party = Participant(role="recipient", name=name, kind="civilian")
    claim = item.claims["claim-1"].model_copy(
        update={
            "participants": (party,),
            "place": TOWN.model_copy(update={"name": place, "admin1": place}),
            "attribution": (Source(source=quote, kind="other"),),
        }
    )
    incident = item.incident.model_copy(
        update={"participants": (party,), "place": claim.place, "reports": (report.id,)}
    )
    return replace(
        item, incident=incident, claims={"claim-1": claim}, reports={report.id: report}, read={}
    )


@settings(deadline=None, max_examples=40)
@given(name=WILD, place=WILD, title=WILD, quote=WILD, public=st.booleans())
def test_every_text_format_can_be_written_and_read(name, place, title, quote, public):
    incident = tell(wild_item(name, place, title, quote), PUBLIC if public else INTERNAL)
    for format_name in TEXTS:
        text = written(format_name, incident)
        text.encode("utf-8")
        assert "\x1b" not in text
        if format_name in ("geojson", "jsonld"):
            json.loads(text)
        elif format_name in ("plover", "ftm"):
            assert all(json.loads(line) for line in text.split("\n")[:-1])
        else:
            rows = list(csv.reader(io.StringIO(text, newline="")))
            assert {len(row) for row in rows} == {len(rows[0])}


@settings(deadline=None, max_examples=15)
@given(name=WILD, place=WILD, title=WILD, quote=WILD)
def test_every_file_format_can_be_written(name, place, title, quote, tmp_path_factory):
    incident = tell(wild_item(name, place, title, quote), INTERNAL)
    folder = tmp_path_factory.mktemp("wild")
    for format_name in FORMAT_NAMES:
        to_path = load_format(format_name).to_path
        if to_path is not None:
            writer = to_path(folder / format_name, make_context())
            writer.add(incident)
            writer.finish()
            assert (folder / format_name).stat().st_size > 0


@settings(deadline=None, max_examples=200)
@given(
    words=st.lists(NAME_WORDS, min_size=2, max_size=4, unique=True),
    before=st.sampled_from(["", "the late ", "Dr ", "“", "(", "…"]),
    after=st.sampled_from(["", "'s wife", "’s car", ", 43,", "”", ".", "\n", "-"]),
    shout=st.booleans(),
    between=st.sampled_from([" ", "  ", "\n", "-", "_", "\u00a0", ", "]),
)
def test_a_known_name_never_stays_in_a_text(words, before, after, shout, between):
    name = " ".join(words)
    report = make_report(id="r")
    victim = Participant(role="recipient", name=name, kind="civilian")
    speaker = Source(source="the army", kind="military")
    claim = make_claim(report, participants=(victim,), attribution=(speaker,), figures=())
    said = between.join(words)
    text = f"{before}{said.upper() if shout else said}{after} was killed"
    left = fold_words(Withholding([claim], []).text(text))
    assert not set(fold_words(name)) & set(left)


@pytest.mark.parametrize("profile", [PUBLIC, INTERNAL])
def test_no_text_of_a_report_but_quotes_is_in_an_export(profile):
    told = asdict(tell(make_item(), profile))
    assert "text" not in ReportNote.__slots__
    assert all("text" not in report for report in told["reports"])
