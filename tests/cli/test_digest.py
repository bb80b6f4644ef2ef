"""`marsad digest` and `marsad subscribers`, as a person types them."""

import re
from email import message_from_string
from email.policy import default

import pytest

from tests.mail_server import Inbox, mail_server

ANA = "ana@example.org"


@pytest.fixture
def inbox(monkeypatch):
    """A mail server that the settings name, and what it took."""
    taken = Inbox()
    with mail_server(taken) as port:
        monkeypatch.setenv("MARSAD_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("MARSAD_MAIL_FROM", "The Desk <desk@example.org>")
        monkeypatch.setenv("MARSAD_DESK_URL", "https://desk.example.org")
        yield taken


def confirm(run, address=ANA, *options):
    asked = run("subscribers", "add", address, "--print", *options)
    assert asked.code == 0
    (token,) = re.findall(r"/subscribe/confirm/(\S+)", asked.out)
    return run("subscribers", "confirm", token)


def test_a_digest_is_written_as_each_format(ledger, run, tmp_path):
    page = run("digest", "--since", "2020-01-01")
    assert page.code == 0
    assert page.out.startswith("<!DOCTYPE html>")
    assert "2 new incidents" in page.err
    assert "names withheld" in page.err
    text = run("digest", "--since", "2020-01-01", "-f", "text").out
    assert "killed: at least 23" in text
    assert "Nadim" not in text + page.out
    mail = message_from_string(
        run("digest", "--since", "2020-01-01", "-f", "eml").out, policy=default
    )
    assert "2 new incidents" in mail["Subject"]
    folder = tmp_path / "out"
    folder.mkdir()
    assert run("digest", "--since", "2020-01-01", "-o", str(folder)).code == 0
    assert sorted(p.name for p in folder.iterdir()) == [
        "digest.eml", "digest.html", "digest.txt", "map-dark.png", "map-light.png",
        "timeline-dark.png", "timeline-light.png",
    ]  # fmt: skip


def test_a_digest_of_a_filter_tells_its_own(ledger, run):
    text = run("digest", "--since", "2020-01-01", "-f", "text", "--kind", "air-strike").out
    assert "1 new incident" in text
    assert "armed clash" not in text.lower()
    none = run("digest", "--since", "2020-01-01", "-f", "text", "--happened-since", "2030-01-01")
    assert "Nothing new" in none.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--since 2024-12-01, or --since last"),
        (["--since", "yesterday"], "'yesterday' is no time"),
        (["--since", "last"], "no newsletter of this filter was sent yet"),
        (["--since", "2024-12-02", "--until", "2024-12-01"], "ends (2024-12-01) before it starts"),
        (["--since", "2024-12-01", "--filter", "none"], "no saved filter is named 'none'"),
        (["--since", "2024-12-01", "--url", "desk"], "no address of a web site"),
        (["--since", "2024-12-01", "-o", "/nowhere/x.html"], "cannot write /nowhere/x.html"),
    ],
)
def test_bad_wishes_are_one_line(ledger, run, options, words):
    ran = run("digest", *options)
    assert ran.code == 2
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""


def test_from_asking_to_leaving(ledger, run, inbox):
    assert run("subscribers", "add", ANA).code == 0
    (question,) = inbox.messages
    (token,) = re.findall(r"/subscribe/confirm/(\S+)", question.get_content())
    assert "asked to confirm minutes ago" in run("subscribers", "add", ANA).err
    assert "gets the newsletter" in run("subscribers", "confirm", token).err
    assert run("subscribers", "confirm", token).code == 2
    assert "confirmed already" in run("subscribers", "add", ANA).err
    inbox.envelopes.clear()
    sent = run("digest", "send", "--since", "2020-01-01")
    assert (sent.code, inbox.receivers) == (0, [ANA])
    assert "sent 1 now, 1 in all" in sent.err
    again = run("digest", "send", "--since", "2020-01-01")
    assert "sent 0 now, 1 in all" in again.err
    assert len(inbox.envelopes) == 1
    (mail,) = inbox.messages
    link = "".join(str(mail["List-Unsubscribe"]).split())
    (way_out,) = re.findall(r"/unsubscribe/([^>]+)>", link)
    assert run("subscribers", "remove", way_out).code == 0
    listed = run("subscribers", "list").out
    assert listed == "1 removed.\n"
    refused = run("subscribers", "add", ANA)
    assert refused.code == 2
    assert "--asked-again" in refused.err


def test_the_list_says_who_is_where(ledger, run, inbox):
    run("filters", "add", "idlib", "--place", "Idlib")
    confirm(run)
    confirm(run, "ben@example.org", "--filter", "idlib")
    run("subscribers", "add", "cleo@example.org", "--print")
    lines = run("subscribers", "list").out.splitlines()
    assert lines[-1] == "1 pending, 2 confirmed."
    assert [line.split()[0] for line in lines[:-1]] == [ANA, "cleo@example.org", "ben@example.org"]
    (only,) = run("subscribers", "list", "--filter", "idlib", "-f", "jsonl").lines
    assert (only["address"], only["filter"], only["state"]) == (
        "ben@example.org", "idlib", "confirmed",
    )  # fmt: skip
    assert len(run("subscribers", "list", "--state", "pending").out.splitlines()) == 2
    assert run("subscribers", "remove", "nobody@example.org").code == 1


def test_the_next_newsletter_goes_on_where_the_last_ended(ledger, run, inbox):
    confirm(run)
    assert run("digest", "send", "--since", "last").code == 2
    run("digest", "send", "--since", "2020-01-01")
    quiet = run("digest", "send", "--since", "last", "--skip-empty")
    assert (quiet.code, len(inbox.envelopes)) == (0, 1)
    assert "nothing was sent" in quiet.err
    incident = run("incidents", "--kind", "air-strike", "-f", "json").json[0]["id"]
    run("judge", "reject", incident, "--by", "R. Haddad", "--why", "twice told")
    assert "no longer counted" in run("digest", "--since", "last", "-f", "text").out
    assert run("digest", "send", "--since", "last", "--skip-empty").code == 0
    assert "1 correction" in inbox.messages[-1]["Subject"]
    assert run("digest", "send", "--since", "last", "--skip-empty").code == 0
    assert len(inbox.envelopes) == 2


def test_what_could_not_be_sent_is_said_by_address(ledger, run, inbox):
    confirm(run)
    confirm(run, "ben@example.org")
    inbox.rcpt[ANA] = ["550 5.1.1 unknown"]
    ran = run("digest", "send", "--since", "2020-01-01")
    assert ran.code == 1
    assert f"{ANA}: refused for good (550 5.1.1 unknown)" in ran.err
    assert inbox.receivers == ["ben@example.org"]


def test_no_mail_server_is_one_line(ledger, run, monkeypatch):
    for command in (("digest", "send", "--since", "2020-01-01"), ("subscribers", "add", ANA)):
        ran = run(*command)
        assert ran.code == 2
        assert "MARSAD_SMTP_URL names no mail server" in ran.err
    assert run("subscribers", "list").out == "nobody.\n"
    monkeypatch.setenv("MARSAD_SMTP_URL", "smtp://u:hunter2@127.0.0.1:1")
    monkeypatch.setenv("MARSAD_MAIL_FROM", "desk@example.org")
    ran = run("subscribers", "add", ANA)
    assert ran.code == 2
    assert "cannot be reached" in ran.err
    assert "hunter2" not in ran.err
