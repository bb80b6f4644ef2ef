"""The API's reference in a real browser: nothing from elsewhere, readable by everybody."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_reference_asks_nobody_else_and_has_no_serious_barrier(open_page, width, scheme):
    page = open_page("viewer", "/api/v1/docs", width=width, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click(".api-index a:has-text('/changes')")
    assert page.url.endswith("#list_changes")
    assert page.is_visible("#list_changes pre")
