"""Newsletters over a real mail server: to whom, what, and never twice."""

import os
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from marsad.errors import MailError, SubscriberError
from marsad.publish.mail.addresses import Sender
from marsad.publish.mail.server import Postman, read_server
from marsad.records import IncidentFilter
from marsad.settings import Settings
from marsad.store.database import Database
from marsad.store.digests import Digests
from marsad.store.ledger import Ledger
from marsad.store.saved_filters import SavedFilters
from marsad.store.subscribers import Subscribers
from marsad.workflow import deliver as delivering
from marsad.workflow.deliver import deliver, keep_digest
from marsad.workflow.digest import DigestRequest
from marsad.workflow.ingest import keep_coded
from marsad.workflow.newsletter import (
    MailSettings,
    ask_subscriber,
    confirm_subscriber,
    look_up_confirmation,
    mail_confirmation,
    read_mail_settings,
    remove_subscriber,
    unsubscribe,
)
from tests.mail_server import Inbox, answer_until_data, mail_server, rude_server
from tests.publish.exports.sample import make_claim, make_report
from tests.workflow.test_export import ARABIC, CODER, NAMES_HERE, RECEIPT, coded

START = datetime(2020, 1, 1, tzinfo=UTC)
ANA, BEN, CLEO = "ana@example.org", "ben@example.org", "cleo@xn--bcher-kva.example"
DESK = "https://desk.example.org"


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def filled(make_url):
    """On SQLite; taking turns is asked of both kinds of database, by `url`."""
    database = Database(make_url("sqlite"))
    ledger = Ledger(database)
    report = make_report(outlet=ARABIC)
    keep_coded(ledger, CODER, coded(report, make_claim(report)), RECEIPT)
    yield ledger
    database.close()


def mail_to(port, base_url=DESK):
    server = read_server(f"smtp://127.0.0.1:{port}")
    return MailSettings(server, Sender("desk@example.org", "The Desk"), base_url)


def subscribe(ledger, *addresses, filter_name=None):
    for address in addresses:
        asked = ask_subscriber(ledger, address, filter_name)
        assert asked.token is not None
        confirm_subscriber(ledger, asked.token)


def kept(ledger, **changes):
    return keep_digest(ledger, DigestRequest(since=START, **{"filter_name": "", **changes}))


def send(ledger, port, waits=(), **changes):
    return deliver(ledger, kept(ledger, **changes), mail_to(port), waits=waits)


def unfolded(message, name):
    return " ".join(str(message[name]).split())


def test_each_subscriber_gets_one_message_with_all_its_parts(filled, inbox):
    subscribe(filled, ANA, BEN)
    ask_subscriber(filled, "pending@example.org")
    with mail_server(inbox) as port:
        done = send(filled, port)
    assert done.counts == {"sent": 2}
    assert inbox.receivers == [ANA, BEN]
    assert done.digest.finished_at is None  # as it was when the run began
    message = inbox.messages[0]
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds[:5] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    html = message.get_body(("html",)).get_content()
    ids = {part["Content-ID"].strip("<>") for part in message.walk() if part["Content-ID"]}
    assert set(re.findall(r'src="cid:([^"]+)"', html)) == ids
    assert len(ids) == 4
    assert re.findall(r'(?:src|background)="(?!cid:)[^"]*"', html) == []
    assert all(
        part.get_content().startswith(b"\x89PNG")
        for part in message.walk()
        if part.get_content_type() == "image/png"
    )


def test_the_headers_say_what_it_is_and_how_to_leave(filled, inbox):
    subscribe(filled, ANA)
    with mail_server(inbox) as port:
        send(filled, port)
    (message,) = inbox.messages
    assert message["To"] == ANA
    assert message["From"] == "The Desk <desk@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<all.digest.example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ways = unfolded(message, "List-Unsubscribe").replace(" ", "")
    ((page, mail),) = re.findall(r"^<(https://[^>]+)>,<(mailto:[^>]+)>$", ways)
    token = page.removeprefix(f"{DESK}/unsubscribe/")
    assert token in mail
    assert parsedate_to_datetime(message["Date"]).year >= 2026
    for name in ("Cc", "Bcc", "Resent-To"):
        assert message[name] is None
    assert unsubscribe(filled, token).state == "removed"
    with mail_server(inbox) as port:
        assert send(filled, port, until=datetime.now(UTC)).counts == {}


def test_a_desk_without_https_offers_no_one_click(filled, inbox):
    subscribe(filled, ANA)
    with mail_server(inbox) as port:
        deliver(filled, kept(filled), mail_to(port, None), waits=())
    (message,) = inbox.messages
    assert message["List-Unsubscribe-Post"] is None
    assert unfolded(message, "List-Unsubscribe").startswith("<mailto:desk@example.org?subject=")


def test_nobody_else_and_no_private_name_is_in_any_byte_of_a_message(filled, inbox):
    subscribe(filled, ANA, BEN, CLEO)
    with mail_server(inbox) as port:
        send(filled, port)
    for receivers, raw in inbox.envelopes:
        (own,) = receivers
        others = {ANA, BEN, CLEO} - {own}
        parts = [p for p in _message(raw).walk() if not p.is_multipart()]
        shown = raw.decode("latin-1") + " ".join(str(p.get_content()) for p in parts)
        assert not any(other in shown or other.split("@")[0] + "@" in shown for other in others)
        letters = re.sub(r"[^a-z]", "", shown.lower())
        readable = [str(p.get_content()) for p in parts if p.get_content_maintype() == "text"]
        words = re.sub(r"[^a-z]", "", " ".join(readable).lower())
        assert [name for name in NAMES_HERE if name in words] == []
        assert "nadimqasem" not in letters
        assert ARABIC in " ".join(readable)


def _message(raw):
    import email
    from email.policy import default

    return email.message_from_bytes(raw, policy=default)


def test_a_rerun_sends_nothing_twice_and_serves_who_came_later(filled, inbox):
    subscribe(filled, ANA)
    with mail_server(inbox) as port:
        first = send(filled, port)
        assert send(filled, port).sent_now == 0
        subscribe(filled, BEN)
        assert send(filled, port).sent_now == 1
    assert inbox.receivers == [ANA, BEN]
    ids = {message["Message-ID"] for message in inbox.messages}
    assert len(ids) == 2
    (stored,) = Digests(filled.database).all("")
    assert stored.id == first.digest.id
    assert stored.finished_at is not None


def test_one_refused_address_stops_nobody_and_is_not_tried_again(filled, inbox):
    subscribe(filled, ANA, BEN, CLEO)
    inbox.rcpt = {ANA: ["550 5.1.1 <ana@example.org> unknown"], BEN: ["550 5.7.1 blocked"]}
    with mail_server(inbox) as port:
        done = send(filled, port)
        again = send(filled, port)
    assert done.counts == {"sent": 1, "refused": 2}
    assert {(f.address, f.reply[:9]) for f in done.failed} == {
        (ANA, "550 5.1.1"),
        (BEN, "550 5.7.1"),
    }
    assert "ana@" not in done.failed[0].reply
    assert again.sent_now == 0
    states = {s.address: s.state for s in Subscribers(filled.database).all()}
    assert states == {ANA: "bounced", BEN: "confirmed", CLEO: "confirmed"}


def test_what_is_not_taken_now_is_tried_again(filled, inbox):
    subscribe(filled, ANA, BEN)
    inbox.rcpt[ANA] = ["451 4.7.1 later", "451 4.7.1 later"]
    with mail_server(inbox) as port:
        done = send(filled, port, waits=(0.01, 0.01))
    assert done.counts == {"sent": 2}
    assert inbox.receivers == [ANA, BEN]


def test_what_was_never_taken_is_left_for_the_next_run(filled, inbox):
    subscribe(filled, ANA)
    inbox.rcpt[ANA] = ["451 4.7.1 later"] * 3
    with mail_server(inbox) as port:
        done = send(filled, port, waits=(0.01,))
        assert (done.open, done.counts) == (1, {"deferred": 1})
        assert delivering.unfinished(filled, "") == done.digest
        inbox.rcpt.clear()
        assert send(filled, port).counts == {"sent": 1}
    assert inbox.receivers == [ANA]
    assert delivering.unfinished(filled, "") is None


def test_a_server_that_is_away_leaves_everything_for_later(filled, inbox):
    subscribe(filled, ANA, BEN)
    mail = mail_to(1)
    done = deliver(filled, kept(filled), mail, waits=(0.01,))
    assert "cannot be reached" in str(done.stopped)
    assert done.open == 2
    with mail_server(inbox) as port:
        assert send(filled, port).counts == {"sent": 2}


def test_a_server_that_dies_half_way_gets_no_copy_twice(filled, inbox):
    """It takes the first message and hangs up without an answer."""
    subscribe(filled, ANA, BEN)
    taken = []

    def take_and_die(line, number):
        stream = answer_until_data(line)
        for sent in stream:
            if sent == b".\r\n":
                taken.append(number)
                return

    with rude_server(take_and_die) as port:
        done = send(filled, port)
    assert done.counts == {"unknown": 2}
    assert len(taken) == 2
    with mail_server(inbox) as port:
        again = send(filled, port, waits=(0.01,))
    assert inbox.receivers == []
    assert {f.state for f in again.failed} == {"unknown"}


def test_a_server_that_hangs_up_before_the_message_is_tried_again(filled, inbox):
    subscribe(filled, ANA)

    def hang_up(line, number):
        line.sendall(b"220 rude\r\n")
        line.recv(100)
        line.sendall(b"250 OK\r\n")
        line.recv(100)

    with rude_server(hang_up) as port:
        assert send(filled, port).counts == {"deferred": 1}
    with mail_server(inbox) as port:
        assert send(filled, port).counts == {"sent": 1}


def test_a_server_that_wants_no_mail_from_us_says_so_and_harms_nobody(filled, inbox):
    subscribe(filled, ANA)
    inbox.mail_from = "550 5.7.1 no"
    with mail_server(inbox) as port, pytest.raises(MailError, match="takes no mail from"):
        send(filled, port)
    inbox.mail_from = "250 OK"
    with mail_server(inbox) as port:
        assert send(filled, port).counts == {"sent": 1}
    assert [s.state for s in Subscribers(filled.database).all()] == ["confirmed"]


KILLED = """
import sys
from marsad.publish.mail.addresses import Sender
from marsad.publish.mail.server import read_server
from marsad.store.database import Database
from marsad.store.digests import Digests
from marsad.store.ledger import Ledger
from marsad.workflow.deliver import deliver
from marsad.workflow.newsletter import MailSettings
ledger = Ledger(Database(sys.argv[1]))
mail = MailSettings(read_server(sys.argv[2]), Sender("desk@example.org"), None)
deliver(ledger, Digests(ledger.database).get(sys.argv[3]), mail)
"""


def test_killed_between_sending_and_noting_nobody_gets_it_twice(url, inbox):
    ledger = Ledger(Database(url))
    subscribe(ledger, *(f"a{n}@example.org" for n in range(4)))
    digest = kept(ledger)
    inbox.hang_at = 2
    with mail_server(inbox) as port:
        words = [sys.executable, "-c", KILLED, url, f"smtp://127.0.0.1:{port}", digest.id]
        child = subprocess.Popen(words, env=os.environ)
        assert inbox.hanging.wait(30), "the second message never came"
        child.send_signal(signal.SIGKILL)  # the server has it, and has not said so
        child.wait()
    assert Digests(ledger.database).counts(digest) == {"sent": 1, "handed": 1}
    inbox.hang_at = None
    with mail_server(inbox) as port:
        done = deliver(ledger, digest, mail_to(port), waits=())
    assert done.counts == {"sent": 3, "handed": 1}
    assert inbox.receivers == sorted(f"a{n}@example.org" for n in range(4))
    ledger.database.close()


def test_two_senders_at_once_send_each_copy_once(url, inbox):
    ledgers = [Ledger(Database(url)) for _ in range(2)]
    addresses = sorted(f"a{n}@example.org" for n in range(12))
    subscribe(ledgers[0], *addresses)
    start = threading.Barrier(2)

    def run(ledger, port):
        digest = kept(ledger)
        start.wait()
        deliver(ledger, digest, mail_to(port), waits=())

    with mail_server(inbox) as port:
        threads = [threading.Thread(target=run, args=(ledger, port)) for ledger in ledgers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert inbox.receivers == addresses
    for ledger in ledgers:
        ledger.database.close()


def test_a_newsletter_goes_to_the_subscribers_of_its_filter(filled, inbox):
    SavedFilters(filled.database).add("France", IncidentFilter(country="FRA"))
    subscribe(filled, ANA)
    subscribe(filled, BEN, filter_name="FRANCE")
    with mail_server(inbox) as port:
        send(filled, port, filter_name="france", wanted=IncidentFilter(country="FRA"))
    assert inbox.receivers == [BEN]
    assert "nothing new" in inbox.messages[0]["Subject"]


def test_a_title_cannot_add_a_header(filled, inbox):
    subscribe(filled, ANA)
    with mail_server(inbox) as port:
        send(filled, port, title="Weekly\r\nBcc: eve@example.org\n\u2028X: y")
    (message,) = inbox.messages
    assert message["Bcc"] is None
    assert message["X"] is None
    assert inbox.receivers == [ANA]
    assert "Weekly Bcc: eve@example.org" in unfolded(message, "Subject")


def test_the_question_to_confirm_is_mailed_and_answered(filled, inbox):
    asked = ask_subscriber(filled, " Ana@Example.ORG ")
    with mail_server(inbox) as port:
        mail_confirmation(filled, asked, mail_to(port))
    (message,) = inbox.messages
    assert inbox.receivers == ["Ana@example.org"]
    (token,) = re.findall(rf"{DESK}/subscribe/confirm/(\S+)", message.get_content())
    assert look_up_confirmation(filled, token) is not None
    assert confirm_subscriber(filled, token).state == "confirmed"
    assert look_up_confirmation(filled, token) is None
    for name in ("List-Unsubscribe", "Cc", "Bcc"):
        assert message[name] is None


def test_a_question_that_could_not_be_mailed_can_be_asked_again_at_once(filled, inbox):
    asked = ask_subscriber(filled, ANA)
    with pytest.raises(MailError, match="cannot be reached"):
        mail_confirmation(filled, asked, mail_to(1))
    again = ask_subscriber(filled, ANA)
    assert again.token is not None


@pytest.mark.parametrize("typed", ["ana@example.org\r\nBcc: eve@example.org", "ana", "a@b"])
def test_a_bad_address_is_kept_nowhere(filled, typed):
    with pytest.raises(SubscriberError):
        ask_subscriber(filled, typed)
    with pytest.raises(SubscriberError):
        remove_subscriber(filled, typed)
    assert Subscribers(filled.database).all() == []


def test_mail_settings_that_are_missing_are_named(tmp_path):
    with pytest.raises(Exception, match="MARSAD_SMTP_URL"):
        read_mail_settings(Settings(tmp_path))
    with pytest.raises(Exception, match="MARSAD_MAIL_FROM"):
        read_mail_settings(Settings(tmp_path, smtp_url="smtp://localhost"))
    assert "hunter2" not in repr(Settings(tmp_path, smtp_url="smtp://u:hunter2@localhost"))


def test_one_connection_serves_many(filled, inbox):
    subscribe(filled, *(f"a{n}@example.org" for n in range(5)))
    with mail_server(inbox) as port:
        postman = Postman(read_server(f"smtp://127.0.0.1:{port}"))
        opened = []
        connect = postman._open

        def count(where):
            opened.append(where)
            return connect(where)

        postman._open = count  # type: ignore[method-assign]
        deliver(filled, kept(filled), mail_to(port), postman=postman, waits=())
    assert len(opened) == 1
    assert len(inbox.envelopes) == 5
