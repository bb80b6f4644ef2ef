"""The page docs/reference/event-types.md, made from the codebook.

`python -m tests.contract.event_types_page` writes it; a test keeps the two in step.
"""

from __future__ import annotations

from pathlib import Path

from marsad.codebook.event_types import crosswalk_sources, load_apart_kinds, load_event_types

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "event-types.md"
HEAD = """\
# Event types

Made by `make docs` from `event_types.toml` and `crosswalks.toml` in `src/marsad/codebook/data/`.
Do not edit.

`marsad codebook events` and `marsad codebook crosswalk` print the same.

| code | label |
| --- | --- |
"""

APART = """\
## Set apart

News that is recognised and is no political violence. A report's `set_apart` names the kinds it
is about, with the words that tell of it; they make no claim and no incident, and their dead enter
no tally.

"""


def render_page() -> str:
    """The page as it should be."""
    entries = load_event_types().values()
    rows = "".join(f"| [`{e.code}`](#{e.code}) | {e.label} |\n" for e in entries)
    parts = [HEAD + rows]
    for entry in entries:
        walk = entry.crosswalk
        lines = [
            f"## {entry.code}\n",
            f"**{entry.label}.** {entry.definition} ({entry.kind})\n",
            f"- Includes: {'; '.join(entry.includes)}.",
            f"- Is not: {'; '.join(entry.excludes)}.",
            f"- Elsewhere: ACLED {walk.acled_event} / {walk.acled_sub_event}; "
            f"PLOVER {' '.join(filter(None, (walk.plover_type, walk.plover_mode)))}; "
            f"CAMEO {walk.cameo_code or walk.cameo_root}; UCDP: {walk.ucdp}.",
        ]
        if not entry.makes_incident:
            lines.append("- Told as claims only: it makes no incident of its own.")
        if walk.loss:
            lines.append(f"- What that loses: {walk.loss}.")
        parts.append("\n".join(lines) + "\n")
    apart = [
        f"- `{entry.kind}`. **{entry.label}.** {entry.definition} "
        f"Is not: {'; '.join(entry.excludes)}."
        for entry in load_apart_kinds().values()
    ]
    parts.append(APART + "\n".join(apart) + "\n")
    sources = "".join(f"- {name}: {text}\n" for name, text in crosswalk_sources().items())
    parts.append(f"## Where the crosswalk was read\n\n{sources}")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
