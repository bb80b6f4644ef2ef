"""`marsad export --sign` and `marsad verify-export`, with the real minisign beside them."""

import json
import os
import pty
import shutil
import subprocess
import sys

import pytest

MINISIGN = shutil.which("minisign") or "minisign"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        words = [MINISIGN, "-G", "-W", "-p", folder / f"{name}.pub", "-s", folder / f"{name}.key"]
        subprocess.run(words, check=True, capture_output=True)
    words = [MINISIGN, "-G", "-p", folder / "locked.pub", "-s", folder / "locked.key"]
    subprocess.run(words, check=True, capture_output=True, input=b"open sesame\nopen sesame\n")
    return folder


@pytest.fixture
def signed(ledger, run, tmp_path, keys):
    """A folder with two formats and a signed manifest."""
    folder = tmp_path / "release"
    ran = run(
        "export", "-f", "csv", "-f", "claims", "-o", str(folder), "--sign", str(keys / "own.key")
    )
    assert ran.code == 0, ran.err
    return folder


def is_signed_by(manifest, key):
    words = [MINISIGN, "-V", "-m", manifest, "-p", key]
    return subprocess.run(words, capture_output=True).returncode == 0


def test_minisign_and_we_find_the_signature_good(signed, run, keys):
    assert is_signed_by(signed / "manifest.json", keys / "own.pub")
    assert not is_signed_by(signed / "manifest.json", keys / "other.pub")
    ran = run("verify-export", str(signed), "--key", str(keys / "own.pub"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 files are as manifest.json says, which key ")


def test_we_find_the_signature_of_minisign_good(ledger, run, tmp_path, keys):
    path = tmp_path / "incidents.csv"
    run("export", "-f", "csv", "-o", str(path))
    manifest = tmp_path / "incidents.csv.manifest.json"
    for option in ("-H", "-l"):
        words = [MINISIGN, "-S", option, "-m", manifest, "-s", keys / "own.key"]
        subprocess.run(words, check=True, capture_output=True)
        for given in (path, manifest):
            ran = run("verify-export", str(given), "--key", str(keys / "own.pub"))
            assert (ran.code, ran.err) == (0, "")


def test_a_key_may_be_given_as_its_line(signed, run, keys):
    line = (keys / "own.pub").read_text().splitlines()[1]
    assert run("verify-export", str(signed), "--key", line).code == 0


def test_without_a_key_a_signature_is_not_called_checked(signed, run):
    ran = run("verify-export", str(signed))
    assert ran.code == 0
    assert "--key checks it" in ran.out


def test_a_manifest_without_a_signature_is_said_to_have_none(ledger, run, tmp_path, keys):
    run("export", "-f", "csv", "-o", str(tmp_path / "x.csv"))
    assert "is not signed" in run("verify-export", str(tmp_path / "x.csv")).out
    ran = run("verify-export", str(tmp_path / "x.csv"), "--key", str(keys / "own.pub"))
    assert ran.code == 1
    assert "is not signed" in ran.err


@pytest.mark.parametrize(
    "name", ["incidents.csv", "claims.csv", "datapackage.json", "manifest.json"]
)
@pytest.mark.parametrize("where", [0, 0.5, 0.999])
def test_a_flipped_byte_of_any_file_is_noticed(signed, run, keys, name, where):
    path = signed / name
    content = bytearray(path.read_bytes())
    content[int(where * len(content))] ^= 1
    path.write_bytes(content)
    ran = run("verify-export", str(signed), "--key", str(keys / "own.pub"))
    assert ran.code in (1, 2)
    assert (name in ran.err, ran.out) == (True, "")


def test_missing_and_added_files_are_named(signed, run):
    (signed / "claims.csv").unlink()
    (signed / "extra.csv").write_text("x")
    ran = run("verify-export", str(signed))
    assert ran.code == 1
    assert "claims.csv is missing" in ran.err
    assert "not in the manifest: extra.csv" in ran.err


def test_another_exports_signature_does_not_hold(signed, run, keys):
    again = ("export", "-f", "csv", "-f", "claims", "-o", str(signed), "--limit", "1")
    ran = run(*again)
    assert "signs an earlier manifest" in ran.err
    ran = run("verify-export", str(signed), "--key", str(keys / "own.pub"))
    assert ran.code == 1
    assert "the file is not what was signed" in ran.err


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "..", "", "a\\b", 7])
def test_a_manifest_does_not_lead_out_of_its_folder(run, ledger_path, tmp_path, name):
    file = {"name": name, "bytes": 1, "sha256": "0" * 64}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": [file]}))
    ran = run("verify-export", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert "cannot stand beside it" in ran.err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [1]}', "[" * 100_000, "\x1b[31m"])
def test_what_is_no_manifest_is_said_to_be_none(run, ledger_path, tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    ran = run("verify-export", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("missing.key", "cannot be read"),
        ("own.pub", "no secret key"),
        ("locked.key", "MARSAD_KEY_PASSWORD"),
    ],
)
def test_a_key_that_cannot_sign_stops_before_anything_is_written(
    ledger, run, tmp_path, keys, key, complaint
):
    ran = run("export", "-f", "csv", "-o", str(tmp_path / "x.csv"), "--sign", str(keys / key))
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert not list(tmp_path.glob("x.csv*"))


def test_standard_output_has_no_manifest_to_sign(ledger, run, keys):
    ran = run("export", "-f", "csv", "--sign", str(keys / "own.key"))
    assert (ran.code, ran.out) == (2, "")
    assert "--sign" in ran.err


def test_the_setting_opens_a_locked_key(ledger, run, tmp_path, keys, monkeypatch):
    words = (
        "export",
        "-f",
        "csv",
        "-o",
        str(tmp_path / "x.csv"),
        "--sign",
        str(keys / "locked.key"),
    )
    monkeypatch.setenv("MARSAD_KEY_PASSWORD", "close sesame")
    ran = run(*words)
    assert ran.code == 2
    assert "password of the signing key is wrong" in ran.err
    assert "sesame" not in ran.err
    monkeypatch.setenv("MARSAD_KEY_PASSWORD", "open sesame")
    assert run(*words).code == 0
    assert is_signed_by(tmp_path / "x.csv.manifest.json", keys / "locked.pub")


def test_a_person_at_a_terminal_is_asked_for_the_password(ledger, tmp_path, keys):
    words = [sys.executable, "-m", "marsad", "export", "-f", "csv", "-o", str(tmp_path / "x.csv")]
    words += ["--sign", str(keys / "locked.key")]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(words[0], words)
    shown = b""
    while b"Password of locked.key:" not in shown:
        shown += os.read(terminal, 1024)
    os.write(terminal, b"open sesame\n")
    try:
        while part := os.read(terminal, 1024):
            shown += part
    except OSError:  # the terminal is gone with the program
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert b"sesame" not in shown
    assert is_signed_by(tmp_path / "x.csv.manifest.json", keys / "locked.pub")
