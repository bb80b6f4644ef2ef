"""The command line: the only code that prints.

Reads   arguments, files, standard input and URLs, through `workflow`; the ledger, through `store`.
Writes  results to standard output or a file, everything else to standard error.
Never   shows a traceback for bad input: one line says what was wrong.

Exit codes: 0 all went well; 1 some reports failed, others were coded, or the ledger is not
as it was written; 2 wrong usage or nothing could be done; 130 stopped by Ctrl-C. Heavy
imports stand in the commands, so that `--help` and `schema` answer at once.
"""

from marsad.cli import (
    code,
    codebook,
    digest,
    export,
    feed,
    filters,
    history,
    import_data,
    incidents,
    ingest,
    judge,
    judge_add,
    places,
    schema,
    serve,
    show,
    signing,
    subscribers,
    upkeep,
    users,
)
from marsad.cli.application import app
from marsad.cli.entry import main, run

__all__ = [
    "app",
    "code",
    "codebook",
    "digest",
    "export",
    "feed",
    "filters",
    "history",
    "import_data",
    "incidents",
    "ingest",
    "judge",
    "judge_add",
    "main",
    "places",
    "run",
    "schema",
    "serve",
    "show",
    "signing",
    "subscribers",
    "upkeep",
    "users",
]
