"""The language a text is in, and whether marsad can code it.

Reads   a text, and what the page says its language is.
Writes  an ISO 639-1 code, or None when the text is too short to tell.
Never   trusts the page over the text: half the web declares "en".

Function words decide first: they are cheap, and sure in news prose. Only a
Latin-script text poor in English ones is given to py3langid.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection

from marsad.errors import UnsupportedLanguage

SUPPORTED_LANGUAGES = frozenset({"en"})
# The languages news is likely to come in; fewer candidates, fewer wild answers on short texts.
CANDIDATES = frozenset(
    """en fr es pt de it nl tr sw id ms vi pl cs ro hu sq hr sr sv no da fi et lt lv az so
    ht af""".split()
)
NAMES = {
    "ar": "Arabic", "az": "Azerbaijani", "de": "German", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian",
    "my": "Burmese", "nl": "Dutch", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ru": "Russian", "so": "Somali", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "zh": "Chinese", "am": "Amharic", "ja": "Japanese", "ko": "Korean",
    "en": "English",
}  # fmt: skip
ENGLISH_WORDS = frozenset(
    """the of and to in that was is were for on with as by at from had have has been are be it
    his her their they he she who which said after before an not but or when this its than
    against during including between about into over under other more two three four five
    people killed police""".split()
)
# "a", "in", "on", "die", "an" are words elsewhere too, so English needs a good share of them.
# In 10,000 English news texts the median share is 0.36; one text in a hundred is below 0.2.
ENGLISH_SHARE = 0.2
MIN_WORDS = 12
SCRIPTS = {
    "ARABIC": "ar", "HEBREW": "he", "CYRILLIC": "ru", "GREEK": "el", "DEVANAGARI": "hi",
    "BENGALI": "bn", "MYANMAR": "my", "THAI": "th", "HANGUL": "ko", "HIRAGANA": "ja",
    "KATAKANA": "ja", "CJK": "zh", "ETHIOPIC": "am", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "TAMIL": "ta", "KHMER": "km", "LAO": "lo", "SINHALA": "si", "GUJARATI": "gu",
    "TELUGU": "te", "MALAYALAM": "ml", "KANNADA": "kn", "GURMUKHI": "pa", "TIBETAN": "bo",
}  # fmt: skip
SHARED_SCRIPTS = {
    "ar": ("ar", "fa", "ur", "ps", "ku", "ug"),
    "ru": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky"),
    "hi": ("hi", "mr", "ne"),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SAMPLE_CHARS = 2000


def normalise_code(language: str | None) -> str | None:
    """'en-US', 'EN_gb', 'eng' or 'English' as the ISO 639-1 code 'en'; None stays None."""
    if language is None or not language.strip():
        return None
    label = re.split(r"[-_,;\s]", language.strip().casefold())[0]
    if label in ("eng", "english"):
        return "en"
    for code, name in NAMES.items():
        if label == name.casefold():
            return code
    return label


def detect_language(text: str, hint: str | None = None) -> str | None:
    """The ISO 639-1 code of the language of `text`; None if it is too short to tell.

    `hint` is what the page declares; it decides only where the words do not.
    """
    sample = text[:SAMPLE_CHARS]
    foreign = _foreign_script(sample)
    if foreign is not None:
        declared = normalise_code(hint)
        return declared if declared and declared != "en" else _langid_all(sample, foreign)
    words = [word.casefold() for word in _WORD.findall(sample)]
    if not words:
        return normalise_code(hint)
    share = sum(word in ENGLISH_WORDS for word in words) / len(words)
    if share >= ENGLISH_SHARE:
        return "en"
    if len(words) < MIN_WORDS:
        return normalise_code(hint) or ("en" if share > 0 else None)
    guess = _langid(sample.lower(), CANDIDATES)
    # English of names and figures keeps a few function words; a foreign text has nearly none.
    return "en" if guess == "en" or share >= 0.14 else guess


def require_supported(language: str | None, *, name: str) -> None:
    """Refuse a language the coder does not read. None (too short to tell) passes.

    Raises:
        UnsupportedLanguage: names the language found and how to override it.
    """
    if language is None or language in SUPPORTED_LANGUAGES:
        return
    label = f"{NAMES[language]} ({language})" if language in NAMES else f"language {language!r}"
    raise UnsupportedLanguage(
        f"{name}: the text is in {label}; marsad codes English only. "
        f"Translate it first, or pass --language en if this is wrong."
    )


def _foreign_script(sample: str) -> str | None:
    """The likely language if most letters are not Latin."""
    letters = [char for char in sample if char.isalpha()]
    foreign = [char for char in letters if char > "ʯ"]
    if not letters or len(foreign) <= len(letters) / 2:
        return None
    scripts = Counter(unicodedata.name(char, "?").split()[0] for char in foreign[:400])
    return SCRIPTS.get(scripts.most_common(1)[0][0], "und")


def _langid_all(sample: str, fallback: str) -> str:
    """Which language of a shared script (Arabic or Persian, Russian or Ukrainian)."""
    candidates = SHARED_SCRIPTS.get(fallback)
    return _langid(sample, candidates) or fallback if candidates else fallback


def _langid(sample: str, candidates: Collection[str]) -> str | None:
    """py3langid's best answer among `candidates`."""
    from py3langid import rank  # 0.2 s to import, and most texts never need it

    return next((str(code) for code, _ in rank(sample) if code in candidates), None)
