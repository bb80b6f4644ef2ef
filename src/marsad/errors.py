"""Every exception marsad raises, in one tree.

    MarsadError
    ├── ReportError        this report cannot be read or coded; others can
    │   ├── UnreadableReport   missing, empty, binary, too large, broken
    │   └── UnsupportedLanguage
    ├── FetchError         a URL could not be retrieved
    ├── GazetteerError     the gazetteer is missing, foreign or damaged; a dump cannot be read
    ├── CodebookError      a codebook file contradicts itself
    ├── CountError         the words hold no count; no policy of that name
    ├── LedgerError        the ledger cannot be used
    │   ├── LedgerUnavailable  missing, locked, full, read-only, out of reach
    │   ├── ForeignLedger      not a ledger of ours, or of a newer marsad
    │   ├── TamperedLedger     a row is not what it was
    │   ├── StaleAccount       the account was made by other rules
    │   ├── UnknownRecord      nothing there has this id, or more than one thing
    │   ├── DecisionError      a decision that cannot be made
    │   │   └── StaleDecision      what it is about changed since the person looked
    │   └── FilterError        a saved filter that is not there, or cannot be kept so
    ├── ExportError        an export that cannot be made so
    │   └── SigningError       a key or a signature that cannot be used
    ├── SubscriberError    an address or token that cannot be used
    ├── PeopleError        an account, role, password, token or link that cannot be so
    ├── DeskError          the desk cannot be asked for that, or served so
    ├── MailError          mail cannot be sent: no server named, refused, out of reach
    └── SettingsError      a setting has a value that cannot be used

A message says what was wrong, with which value, and what to do.
"""

from __future__ import annotations


class MarsadError(Exception):
    """Base of all marsad errors."""


class ReportError(MarsadError):
    """One report cannot be read or coded. Other reports are not affected."""


class UnreadableReport(ReportError):  # noqa: N818 - named for what it is, not that it is an error
    """The input is missing, empty, binary, too large or broken."""


class UnsupportedLanguage(ReportError):  # noqa: N818
    """The report is in a language the coder does not read."""


class FetchError(MarsadError):
    """A URL could not be retrieved."""


class GazetteerError(MarsadError):
    """The gazetteer is missing, foreign or damaged, or a dump cannot be imported."""


class CodebookError(MarsadError):
    """A codebook data file contradicts itself."""


class CountError(MarsadError):
    """The words hold no count: none at all, or a year, age, time, measure, sum of money."""


class LedgerError(MarsadError):
    """The ledger cannot be used, or not for this."""


class LedgerUnavailable(LedgerError):  # noqa: N818
    """The database is missing, locked, full, read-only or out of reach. Nothing was written."""


class ForeignLedger(LedgerError):  # noqa: N818
    """The database is not a marsad ledger, or one of a newer marsad."""


class TamperedLedger(LedgerError):  # noqa: N818
    """A row of the ledger is not what it was when it was written."""


class StaleAccount(LedgerError):  # noqa: N818
    """The account was built by other rules than this marsad's; it can be built anew."""


class UnknownRecord(LedgerError):  # noqa: N818
    """No incident, claim or report has this id, or several begin with it."""


class DecisionError(LedgerError):
    """A person's decision that cannot be made so."""


class StaleDecision(DecisionError):  # noqa: N818
    """What a decision is about changed after the person who makes it had looked."""


class FilterError(LedgerError):
    """No saved filter has this name, or none can be kept so."""


class ExportError(MarsadError):
    """An export that cannot be made: a format's limit, a missing library, no file named."""


class SigningError(ExportError):
    """A key or a signature that cannot be used. No message holds a secret key or a password."""


class PeopleError(MarsadError):
    """An account, role, password, token or one-time link that cannot be so."""


class DeskError(MarsadError):
    """The desk cannot be asked for that, or not be served so."""


class SettingsError(MarsadError):
    """A setting has a value that cannot be used."""


class SubscriberError(MarsadError):
    """An address that cannot be written to, or a token that is none, too old or used."""


class MailError(MarsadError):
    """Mail cannot be sent at all: no server is named, or it refuses us or cannot be reached."""
