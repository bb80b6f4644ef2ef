from __future__ import annotations

import pytest

from marsad.errors import UnsupportedLanguage
from marsad.reports.language import detect_language, normalise_code, require_supported


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Three people were killed in the attack on the village, police said.", "en"),
        ("GUERRILLAS ATTACKED THE FARM OF THE PRESIDENT AND KILLED TWO GUARDS TODAY.", "en"),
        ("Three killed in Goma.", "en"),
        (
            "Al menos tres personas murieron en un ataque armado contra una patrulla de policía",
            "es",
        ),
        ("Au moins dix civils ont été tués dans une attaque menée par des hommes armés", "fr"),
        ("Bei einem Angriff auf die Stadt sind mindestens drei Menschen getötet worden", "de"),
        ("حذّر المتحدث باسم الجيش من هجوم جديد على المدينة", "ar"),
        ("Російські війська атакували місто вночі", "uk"),
        ("Российские войска атаковали город", "ru"),
        ("ISIS militants attacked Deir ez-Zor", None),  # too short to tell
        ("Bombs hit Goma", None),
        ("12 34", None),
    ],
)
def test_language_is_told_by_the_words(text, language):
    assert detect_language(text) == language


def test_what_the_page_declares_decides_only_where_words_do_not():
    assert detect_language("Bombs hit Goma", "en-US") == "en"
    spanish = "Al menos tres personas murieron en un ataque armado contra una patrulla de policía"
    assert detect_language(spanish, "en") == "es"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("Arabic", "ar"),
        ("", None),
        (None, None),
    ],
)
def test_language_labels_are_normalised(label, code):
    assert normalise_code(label) == code


def test_unknown_language_passes_and_a_foreign_one_is_named():
    require_supported(None, name="x")
    require_supported("en", name="x")
    with pytest.raises(UnsupportedLanguage, match=r"^x: the text is in Turkish \(tr\)"):
        require_supported("tr", name="x")
