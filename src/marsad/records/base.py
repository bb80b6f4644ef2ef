"""What all records share: frozen, no unknown fields, ids from their content."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict

# How an outlet is called in a chain of sources when nobody says its name.
UNNAMED_OUTLET = "unnamed outlet"


def content_id(prefix: str, *parts: object) -> str:
    """A stable id: prefix, then 16 hexadecimal digits of the SHA-256 of the parts.

    Parts are serialised as canonical JSON, so equal content gives equal ids on
    any machine. 64 bits: two of ten million records collide with p < 3e-6.
    """
    payload = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
