"""Bad input at the door: one clear line each, the right exit code, never a traceback.

Inputs that give no report are read without the model. The others are coded by the real one.
"""

import contextlib
import http.server
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from marsad.reports import fetch
from marsad.reports.read import ReadFailure, read_source
from tests.reports.pages import ENGLISH, FOREIGN

MARSAD = [sys.executable, "-m", "marsad", "code"]


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MARSAD, *arguments], capture_output=True, text=True, check=False, timeout=120, **options
    )


def failures(source: object) -> list[str]:
    return [str(item) for item in read_source(str(source)) if isinstance(item, ReadFailure)]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x01", "a picture"),
        ("pages.zip", b"PK\x03\x04\x00\x00", "unpack it"),
        ("program", b"\x7fELF\x02\x01\x01\x00", "a program"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        ("page.html", b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        ("note.rtf", b"{\\rtf1\\ansi Gunmen killed three.}", "rich text"),
        ("rows.csv", b"id,killed\n1,3\n", "The columns are 'id', 'killed'"),
        ("zeros.txt", b"\x00" * 400, "binary"),
        ("word.txt", b"a" * 1_000_000, "no article text"),
        ("marks.txt", b"Gunmen killed three farmers near Goma." + b"(" * 300_000, "in a row"),
        ("long.txt", b"Gunmen killed three farmers near Goma. " * 30_000, "1,000,000"),
        ("deep.json", b"[" * 200_000, "no article text"),
        ("odd.json", b'{"hello": 1}', "no 'text'"),
        ("shop.html", b"<!doctype html><ul><li>Shoes<li>Socks</ul>", "no article text"),
        ("feed.txt", b"<rss version='2.0'><channel/></rss>", "a feed"),
        ("deep.jsonl", b'{"text": ' + b"[" * 50_000, "line 1"),
        ("half.jsonl", b'{"text": "\\ud800 gunmen killed three"}', "half a surrogate"),
        ("wide.jsonl", '{"text": "Gunmen"}'.encode("utf-16"), "not UTF-8"),
    ],
)
def test_an_input_that_is_no_report_gives_one_line_that_names_it(tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    (message,) = failures(path)
    assert message.startswith(str(path))
    assert words in message
    assert len(message.splitlines()) == 1
    assert len(message) < 400


@pytest.mark.parametrize(
    "source", ["", " ", "no/such/file.html", "x" * 5000, "a\x00b", "/dev/null"]
)
def test_a_source_that_is_nowhere_gives_one_short_line(source):
    (message,) = failures(source)
    assert message
    assert len(message) < 400


@pytest.mark.parametrize("page", FOREIGN)
def test_another_language_is_named_and_can_be_overridden(tmp_path, page):
    path = tmp_path / "page.txt"
    path.write_text(FOREIGN[page], "utf-8")
    (message,) = failures(path)
    assert page in message
    assert "--language en" in message
    (report,) = read_source(str(path), language="en")
    assert not isinstance(report, ReadFailure)


def test_a_file_one_may_not_read_is_said(tmp_path, monkeypatch):
    path = tmp_path / "secret.txt"
    path.write_text("x", "utf-8")

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert failures(path) == [f"{path}: cannot be read (Permission denied)."]


def test_text_given_as_jsonl_is_used_exactly_as_given(tmp_path):
    text = "\n \u202e Gunmen\x00 killed \u200fthree\r\n farmers \x1b[31m near\ufeff Goma.  \n"
    path = tmp_path / "r.jsonl"
    row = {"id": "a", "text": text, "published": None}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    (report,) = read_source(str(path))
    assert not isinstance(report, ReadFailure)
    assert (report.id, report.text, report.published) == ("a", text, None)


# ---------------------------------------------------------------- addresses


class _Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            time.sleep(1)
        if self.path.startswith("/loop"):
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        if self.path == "/away":
            self.send_response(301)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        kinds = {"/film": "video/mp4", "/report": "text/plain; charset=utf-8"}
        body = ENGLISH.encode() if self.path == "/report" else b""
        self.send_response({"/gone": 404, "/fault": 503}.get(self.path, 200))
        self.send_header("Content-Type", kinds.get(self.path, "text/html"))
        self.send_header("Content-Length", "999999999" if self.path == "/huge" else str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "404"),
        ("/fault", "503"),
        ("/loop", "redirects"),
        ("/away", "only http and https"),
        ("/film", "video/mp4"),
        ("/huge", "larger than"),
        ("/empty", "empty"),
        ("/slow", "no answer in time"),
    ],
)
def test_an_address_that_gives_no_report_says_why(site, path, words, monkeypatch):
    monkeypatch.setattr(fetch, "READ_SECONDS", 0.3)
    (message,) = failures(site + path)
    assert message.startswith(site + path)
    assert words in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9/", "cannot be fetched"),
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///a", "only http and https"),
        ("http://[::1", "not a web address"),
    ],
)
def test_an_address_that_leads_nowhere_says_why(address, words):
    (message,) = failures(address)
    assert words in message


def test_a_text_at_an_address_is_read(site):
    (report,) = read_source(site + "/report")
    assert not isinstance(report, ReadFailure)
    assert report.url == site + "/report"


# ---------------------------------------------------------------- the whole command


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A folder with good lines among bad ones, a picture and a page in French."""
    folder = tmp_path_factory.mktemp("mixed")
    rows = [{"id": f"r{i}", "text": ENGLISH, "published": None} for i in range(3)]
    lines = [json.dumps(row) for row in rows]
    lines.insert(1, '{"id": "broken", "text": ')
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "b.txt").write_text(FOREIGN["French"], "utf-8")
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (folder / "d.txt").write_text(ENGLISH, "utf-8")
    return folder


def test_bad_ones_among_good_ones_are_named_and_the_rest_is_coded_in_order(mixed):
    done = run(str(mixed), "-f", "jsonl")
    assert done.returncode == 1
    ids = [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()]
    assert ids[:3] == ["r0", "r1", "r2"]
    assert len(ids) == 4
    told = done.stderr.splitlines()
    assert [words in line for words, line in zip(
        ["a.jsonl, line 2", "b.txt", "c.txt", "3 of 7"], told, strict=True
    )] == [True] * 4  # fmt: skip


@pytest.mark.parametrize(
    ("redirect", "code", "words"),
    [
        (">/dev/full", 2, "No space left"),
        (">&-", 0, ""),
        ("-o /dev/full", 2, "No space left"),
        ("-o no/such/folder/out.html", 2, "cannot write no/such/folder/out.html"),
        ("-o .", 2, "cannot write .: it is a folder"),
        ("| head -c 0", 0, ""),
    ],
)
def test_an_output_that_fails_is_one_line(mixed, redirect, code, words):
    command = f"{' '.join(MARSAD)} {mixed}/d.txt {redirect}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == code
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == bool(words)


def test_closed_standard_input_is_one_line():
    command = f"{' '.join(MARSAD)} - <&-"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert done.stderr == "marsad: standard input: empty. Give a news page, a text or JSON lines.\n"


def test_ctrl_c_in_a_long_run_leaves_one_line_and_no_file(tmp_path):
    rows = [json.dumps({"id": str(i), "text": ENGLISH * 5}) for i in range(5000)]
    source = tmp_path / "many.jsonl"
    source.write_text("\n".join(rows), "utf-8")
    out = tmp_path / "out" / "coded.jsonl"
    out.parent.mkdir()
    process = subprocess.Popen(
        [*MARSAD, str(source), "-f", "jsonl", "-o", str(out)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(out.parent.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "marsad: stopped\n")
    assert list(out.parent.iterdir()) == []
