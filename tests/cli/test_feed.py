"""`marsad feed`: what became of incidents, for feed readers."""

import json

import feedparser
import pytest

# Of the victim whom the reports of these tests name.
SECRETS = ("nadim", "qasem", "farhan")


def titles(ran):
    return [entry["title"] for entry in json.loads(ran.out)["items"]]


@pytest.mark.parametrize("format_", ["atom", "json"])
def test_no_byte_of_a_public_feed_names_a_victim(ledger, run, format_):
    ran = run("feed", "-f", format_, "--limit", "0", "--url", "https://desk.example")
    assert ran.code == 0
    assert [name for name in SECRETS if name in ran.out.casefold()] == []
    assert "names withheld" in ran.err
    internal = run("feed", "-f", format_, "--profile", "internal")
    assert "not for the public" in internal.err


def test_a_feed_reader_reads_what_was_written_to_a_file(ledger, run, tmp_path):
    path = tmp_path / "feed.atom"
    ran = run("feed", "--title", "Homs & <Idlib>", "-o", str(path))
    assert (ran.code, ran.out) == (0, "")
    read = feedparser.parse(path.read_bytes())
    assert not read.bozo
    assert read.feed.title_detail.value == "Homs & <Idlib>"
    assert read.entries


def test_a_saved_filter_and_options_beside_it_choose_the_incidents(ledger, run):
    run("filters", "add", "big", "--at-least", "5")
    both = titles(run("feed", "-f", "json", "--filter", "big"))
    homs = titles(run("feed", "-f", "json", "--filter", "big", "--place", "Homs"))
    assert 0 < len(homs) < len(both)
    assert all("Homs" in title for title in homs)
    later = run("feed", "-f", "json", "--filter", "big", "--happened-since", "2024-03-06")
    assert all("Idlib" in title for title in titles(later))


def test_since_takes_up_where_a_reader_left_off(ledger, run):
    last = run("changes", "--since", "0", "-f", "jsonl").lines[-1]["seq"]
    assert titles(run("feed", "-f", "json", "--since", str(last))) == []
    assert titles(run("feed", "-f", "json", "--since", str(last - 1)))
    assert titles(run("feed", "-f", "json", "--as-of", "2001-01-01")) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--url", "desk"], "'desk' is no address of a desk"),
        (["--since", "soon"], "--since"),
        (["--happened-since", "soon"], "--happened-since"),
        (["--happened-since", "2025-01-01", "--happened-until", "2024-01-01"], "before it starts"),
        (["--filter", "none"], "no saved filter is named 'none'"),
        (["--box", "1,2"], "--box"),
    ],
)
def test_what_is_wrong_is_named_and_no_file_is_left(ledger, run, tmp_path, arguments, complaint):
    ran = run("feed", *arguments, "-o", str(tmp_path / "out" / "feed.atom"))
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_missing_ledger_is_said(ledger_path, run):
    ran = run("feed")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no ledger" in ran.err
