"""What axe-core finds on a page, serious or critical."""

from axe_playwright_python.sync_playwright import Axe


def serious_violations(page) -> list[str]:
    """Each with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def overflow(page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
