"""`marsad serve` and `marsad users`, as they are typed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

PASSWORD = "four quiet rivers run north"
SERVE = [sys.executable, "-m", "marsad", "serve", "--port", "0"]


@pytest.fixture
def desk(ledger_path, tmp_path):
    """A desk in a process of its own: the process, and a function that reads what it said."""
    log = tmp_path / "said"
    with log.open("w") as said:
        process = subprocess.Popen(
            SERVE, stdout=said, stderr=said, stdin=subprocess.DEVNULL, env=dict(os.environ)
        )

    def read(pattern: str) -> str:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if found := re.search(pattern, log.read_text("utf-8")):
                return found[1]
            assert process.poll() is None, log.read_text("utf-8")
            time.sleep(0.05)
        raise AssertionError(log.read_text("utf-8"))

    read.log = log  # type: ignore[attr-defined]
    yield process, read
    if process.poll() is None:
        process.kill()
    process.wait()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_serves_and_closes_with_one_line(desk, sign):
    process, read = desk
    url = read(r"is at (http://\S+)")
    link = read(r"(http://\S+/welcome/\S+)")
    assert httpx.get(f"{url}/sign-in", timeout=30).status_code == 200
    assert "The first account" in httpx.get(link, timeout=30).text
    process.send_signal(sign)
    assert process.wait(20) == 130
    lines = read.log.read_text("utf-8").splitlines()
    assert lines[-1] == "marsad: stopped"
    assert "Traceback" not in "\n".join(lines)


def test_a_port_that_is_taken_is_said_plainly(run, ledger_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "something listens there already" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "without TLS"),
        (["--host", "::"], "without TLS"),
        (["--url", "http://desk.example.org"], "without TLS"),
        (["--url", "https://desk.example.org"], "does not speak TLS"),
        (["--behind-proxy"], "give --url"),
        (["--behind-proxy", "--url", "http://desk.example.org"], "without TLS"),
        (["--url", "desk.example.org"], "no address of a desk"),
        (["--url", "https://desk.example.org/path"], "without a path"),
        (["--url", "https://u:p@desk.example.org"], "no address of a desk"),
        (["--host", "192.0.2.1", "--insecure"], "no such address"),
        (["--host", "no such host", "--insecure"], "cannot listen"),
    ],
)
def test_what_is_unsafe_or_impossible_is_refused(run, ledger_path, options, said):
    ran = run("serve", *options)
    assert ran.code == 2
    assert said in ran.err


class TestUsers:
    def test_from_nobody_to_two(self, run, ledger_path):
        added = run("users", "add", "Amal Karim", "--role", "admin")
        assert re.fullmatch(r"http://127\.0\.0\.1:8765/welcome/\S{43}\n", added.out)
        run("users", "add", "Basma", "--role", "coder")
        listed = run("users", "list").out.splitlines()
        assert re.match(r"Amal Karim +admin +no password yet +0 +0", listed[1])
        assert run("users", "role", "basma", "viewer").code == 0
        assert "viewer" in run("users", "list").out
        assert run("users", "remove", "Basma").code == 0
        assert "Basma" not in run("users", "list").out

    def test_a_link_begins_with_the_desks_address(self, run, ledger_path, monkeypatch):
        monkeypatch.setenv("MARSAD_DESK_URL", "https://desk.example.org/")
        run("users", "add", "Amal", "--role", "admin")
        assert run("users", "link", "amal").out.startswith("https://desk.example.org/welcome/")

    def test_a_token_is_made_listed_and_revoked(self, run, ledger_path):
        run("users", "add", "Amal", "--role", "coder")
        made = run("users", "token", "Amal", "--label", "cron")
        assert made.out.startswith("marsad_")
        listed = run("users", "tokens", "Amal").out
        assert listed.endswith("cron\n")
        assert made.out.strip() not in listed
        assert run("users", "revoke", "Amal", listed.split()[0]).code == 0
        assert run("users", "tokens", "Amal").out == ""
        assert run("users", "revoke", "Amal", "000").code == 2

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["role", "Amal", "viewer"], "last admin"),
            (["remove", "Amal"], "last admin"),
            (["add", "AMAL"], "already"),
            (["add", "a\u202eb"], "does not show"),
            (["link", "Nobody"], "nobody named"),
            (["token", "Amal", "--label", " "], "needs a label"),
            (["role", "Amal", "king"], "king"),
        ],
    )
    def test_what_cannot_be_is_refused_in_one_line(self, run, ledger_path, words, said):
        run("users", "add", "Amal", "--role", "admin")
        ran = run("users", *words)
        assert ran.code == 2
        assert said in ran.err
        assert len(ran.err.splitlines()) == 1

    def test_no_command_takes_a_password(self, run):
        for command in ("add", "link", "role", "token"):
            assert "--password" not in run("users", command, "--help").out
