"""Signing: the key of `marsad export --sign`, and `marsad verify-export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.voice import EXIT_PARTLY, complain, say

if TYPE_CHECKING:
    from marsad.publish.exports.minisign import SecretKey
    from marsad.workflow.verify_export import ExportVerdict


def load_signer(path: Path) -> SecretKey:
    """The signing key in a file; asks for its password where it has one and nothing gives it.

    Raises:
        SigningError: the key cannot be used.
    """
    from marsad.publish.exports.minisign import needs_password, read_secret_key, read_small

    text = read_small(path, "signing key")
    return read_secret_key(text, _password(path) if needs_password(text) else "")


def _password(path: Path) -> str:
    from getpass import getpass

    from marsad.errors import SigningError
    from marsad.settings import load_settings

    given = load_settings().key_password
    if given:
        return given
    if not sys.stdin.isatty():
        raise SigningError(
            f"the signing key {path} has a password, and nobody is there to be asked. "
            f"Set MARSAD_KEY_PASSWORD, or make a key without one: minisign -G -W"
        )
    return getpass(f"Password of {path.name}: ")


@app.command("verify-export")
def verify_export(
    export: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="An export's folder, its manifest, or the file beside it.",
            show_default=False,
        ),
    ],
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="FILE|KEY",
            help="The public key of who should have signed it: its file, or the key itself.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check the files of an export by its manifest, and the manifest by its signature."""
    from marsad.publish.safe_text import one_line
    from marsad.workflow import verify_export as checking

    public = None if key is None else checking.load_public_key(key)
    verdict = checking.verify_export(export, public)
    for name in verdict.others:
        say(f"marsad: not in the manifest: {one_line(name)}")
    if verdict.faults:
        for fault in verdict.faults:
            complain(fault)
        raise typer.Exit(EXIT_PARTLY)
    print(one_line(_words(verdict)))


def _words(verdict: ExportVerdict) -> str:
    files = "1 file is" if verdict.files == 1 else f"{verdict.files:,} files are"
    told = f"{files} as {verdict.manifest.name} says"
    if verdict.signed_by is not None:
        return f"{told}, which key {verdict.signed_by} signed ({verdict.comment})"
    if verdict.unchecked is not None:
        return f"{told}. Its signature names key {verdict.unchecked}; --key checks it."
    return f"{told}. The manifest is not signed: whoever changed a file could change it too."
