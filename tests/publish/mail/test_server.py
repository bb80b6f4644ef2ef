"""The way to the server, over real sockets and real TLS."""

import time

import pytest

from marsad.errors import MailError, SettingsError
from marsad.publish.mail.server import MailServer, Postman, read_server
from tests.mail_server import (
    Inbox,
    answer_until_data,
    free_port,
    mail_server,
    make_certificate,
    password_check,
    rude_server,
)

MESSAGE = b"Subject: hello\r\n\r\n.a line with a dot\r\n..and two\r\nend\r\n"


def hand_in(url, to="ana@example.org", message=MESSAGE, ready=lambda: True, timeout=5.0):
    postman = Postman(read_server(url), timeout=timeout)
    try:
        postman.connect()
        return postman.hand_in("desk@example.org", to, message, ready=ready)
    finally:
        postman.close()


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """The server's side of TLS; our side trusts its certificate."""
    context = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    return context


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 587, "starttls")),
        ("smtps://u:p%40s@m.example.org", MailServer("m.example.org", 465, "tls", "u", "p@s")),
        ("smtp://localhost:2525", MailServer("localhost", 2525, "none")),
        ("smtp://[::1]", MailServer("::1", 25, "none")),
        ("smtp://127.0.0.1?tls=required", MailServer("127.0.0.1", 25, "starttls")),
        ("smtp://mail.example.org?tls=off", MailServer("mail.example.org", 587, "none")),
    ],
)  # fmt: skip
def test_the_server_is_read_and_its_line_is_safe_unless_told(url, server):
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://u:hunter2@host:port",
        "smtp://u:hunter2/x@host",
        "smtp://u:hunter2#x@host",
        "smtp://u:hunter2@host?tls=maybe",
        "smtp://u:hunter2@host?secure=1",
    ],
)
def test_a_bad_server_is_refused_without_its_password(url):
    with pytest.raises(SettingsError, match="MARSAD_SMTP_URL") as caught:
        read_server(url)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(MailServer("h", 1, "tls", "u", "hunter2"))


def test_a_message_arrives_as_it_was(inbox):
    with mail_server(inbox) as port:
        assert hand_in(f"smtp://127.0.0.1:{port}").fate == "sent"
    ((receivers, raw),) = inbox.envelopes
    assert receivers == ["ana@example.org"]
    assert raw == MESSAGE


def test_starttls_and_smtps_carry_the_password(inbox, trusted):
    check = password_check(b"desk", b"hunter2")
    options = {"authenticator": check, "auth_required": True}
    with mail_server(inbox, tls_context=trusted, require_starttls=True, **options) as port:
        answer = hand_in(f"smtp://desk:hunter2@127.0.0.1:{port}?tls=required")
        assert answer.fate == "sent"
        with pytest.raises(MailError, match="user name or password") as caught:
            hand_in(f"smtp://desk:wrong-pass@127.0.0.1:{port}?tls=required")
    assert "wrong-pass" not in str(caught.value)
    with mail_server(inbox, ssl_context=trusted, auth_require_tls=False, **options) as port:
        assert hand_in(f"smtps://desk:hunter2@127.0.0.1:{port}").fate == "sent"
    assert inbox.secure[0]
    assert len(inbox.envelopes) == 2


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(inbox, tmp_path):
    context = make_certificate(tmp_path)
    trust = pytest.raises(MailError, match="certificate that cannot be trusted")
    with mail_server(inbox, tls_context=context) as port, trust:
        hand_in(f"smtp://127.0.0.1:{port}?tls=required")
    assert inbox.envelopes == []


def test_a_certificate_of_another_host_gets_no_mail(inbox, tmp_path, monkeypatch):
    context = make_certificate(tmp_path, "127.0.0.9")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with mail_server(inbox, tls_context=context) as port, pytest.raises(MailError):
        hand_in(f"smtp://127.0.0.1:{port}?tls=required")
    assert inbox.envelopes == []


def test_a_server_without_starttls_gets_neither_mail_nor_password(inbox):
    with mail_server(inbox) as port, pytest.raises(MailError, match="offers no STARTTLS"):
        hand_in(f"smtp://u:p@127.0.0.1:{port}?tls=required")
    assert inbox.envelopes == []


@pytest.mark.parametrize(
    ("reply", "fate"),
    [
        ("550 5.1.1 <ana@example.org> unknown", "no-mailbox"),
        ("550 no such user", "no-mailbox"),
        ("550 5.7.1 relay access denied", "refused"),
        ("554 5.7.1 <ana@example.org> blocked", "refused"),
        ("552 5.2.2 mailbox full", "refused"),
        ("451 4.7.1 greylisted", "deferred"),
        ("421 4.3.2 shutting down", "deferred"),
    ],
)
def test_what_a_refused_receiver_means(inbox, reply, fate):
    inbox.rcpt["ana@example.org"] = [reply]
    with mail_server(inbox) as port:
        answer = hand_in(f"smtp://127.0.0.1:{port}")
    assert answer.fate == fate
    assert "ana@example.org" not in answer.reply
    assert inbox.envelopes == []


def test_a_refused_message_is_not_sent_and_the_next_one_is(inbox):
    inbox.data = ["554 5.6.0 no", "451 4.3.0 later"]
    postman = Postman(read_server("smtp://127.0.0.1:1"))
    with mail_server(inbox) as port:
        postman = Postman(read_server(f"smtp://127.0.0.1:{port}"))
        fates = []
        for _ in range(3):
            postman.connect()
            answer = postman.hand_in("d@example.org", "a@example.org", MESSAGE, ready=lambda: True)
            fates.append(answer.fate)
        postman.close()
    assert fates == ["refused", "deferred", "sent"]


def test_who_may_not_send_at_all_hears_it_once(inbox):
    inbox.mail_from = "550 5.7.1 not you"
    with mail_server(inbox) as port, pytest.raises(MailError, match="MARSAD_MAIL_FROM"):
        hand_in(f"smtp://127.0.0.1:{port}")


def test_nothing_is_handed_over_when_it_is_called_back(inbox):
    with mail_server(inbox) as port:
        answer = hand_in(f"smtp://127.0.0.1:{port}", ready=lambda: False)
    assert answer.fate == "withdrawn"
    assert inbox.envelopes == []


def test_a_line_that_breaks_before_the_message_may_be_tried_again():
    def hang_up_at_mail(line, number):
        line.sendall(b"220 rude\r\n")
        line.recv(1000)
        line.sendall(b"250 OK\r\n")
        line.recv(1000)

    with rude_server(hang_up_at_mail) as port:
        assert hand_in(f"smtp://127.0.0.1:{port}").fate == "lost"


def test_a_line_that_breaks_after_the_message_leaves_its_fate_unknown():
    def take_and_hang_up(line, number):
        stream = answer_until_data(line)
        for sent in stream:
            if sent == b".\r\n":
                return

    with rude_server(take_and_hang_up) as port:
        assert hand_in(f"smtp://127.0.0.1:{port}").fate == "unknown"


def test_a_line_that_breaks_amid_a_long_message_is_noticed():
    def hang_up_half_way(line, number):
        answer_until_data(line).read(1000)

    long = b"Subject: long\r\n\r\n" + b"a line of mail\r\n" * 2_000_000
    with rude_server(hang_up_half_way) as port:
        answer = hand_in(f"smtp://127.0.0.1:{port}", message=long)
    # The server cannot have taken it: the end was not written.
    assert answer.fate == "lost"


def test_a_server_that_says_nothing_is_left_after_a_while():
    def say_nothing(line, number):
        line.recv(1)

    started = time.monotonic()
    with rude_server(say_nothing) as port, pytest.raises(ConnectionError, match="timed out"):
        hand_in(f"smtp://127.0.0.1:{port}", timeout=0.3)
    assert time.monotonic() - started < 5


def test_no_server_there_says_where():
    port = free_port()
    with pytest.raises(ConnectionError, match=f"127.0.0.1:{port} cannot be reached"):
        hand_in(f"smtp://127.0.0.1:{port}")
