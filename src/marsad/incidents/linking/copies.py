"""Copies: which reports repeat the text of another.

Reads   texts.
Writes  nothing; returns fingerprints, and says which of two are copies.

A fingerprint holds the hash of the whole normalised text, a MinHash signature (Broder
1997) under whose bands likely copies meet, and the smallest hashes of its word
sequences, from which the part of one text that stands in the other is estimated. All
hashes are fixed, so that fingerprints made on different days and machines compare.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

# Sequences of five words: two reports that quote one statement share few of them.
SHINGLE_WORDS = 5
ROWS, BANDS = 2, 12
# A text in which this part stands word for word in the other is a copy of it. A wire text
# with a local lead keeps nearly all its sequences; two quotes of forty words in a report of
# three hundred are a quarter of its.
COPY_SHARE = 0.6
MIN_SHINGLES = 20  # shorter texts are copies only when they are equal
# Of the sequences those are kept whose hash is divisible by this (a sample that is the same in
# every text, so that what two texts share is sampled alike).
SAMPLE_EVERY = 4
_PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


def _make_coefficients() -> tuple[np.ndarray, np.ndarray]:
    """Fixed multipliers and offsets of the hash family, from SHA-256 of their number."""
    digests = [hashlib.sha256(f"marsad minhash {i}".encode()).digest() for i in range(ROWS * BANDS)]
    multipliers = [int.from_bytes(d[:8], "big") % (_PRIME - 1) + 1 for d in digests]
    offsets = [int.from_bytes(d[8:16], "big") % _PRIME for d in digests]
    return np.array(multipliers, np.uint64)[:, None], np.array(offsets, np.uint64)[:, None]


_MULTIPLIERS, _OFFSETS = _make_coefficients()


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a text to find its copies. `sample` is ascending."""

    exact: str
    shingles: int
    bands: tuple[str, ...]
    sample: tuple[int, ...]

    @cached_property
    def sampled(self) -> frozenset[int]:
        """`sample` as a set."""
        return frozenset(self.sample)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; case, punctuation and white space do not matter."""
    words = _WORD.findall(text.lower())
    if not words:
        return Fingerprint("", 0, (), ())
    exact = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    hashes = _hash_shingles(words)
    if not len(hashes):
        return Fingerprint(exact, 0, (), ())
    minima = ((_MULTIPLIERS * hashes + _OFFSETS) % np.uint64(_PRIME)).min(axis=1).reshape(BANDS, -1)
    bands = tuple(
        f"{number}:{'-'.join(f'{value:x}' for value in band)}"
        for number, band in enumerate(minima.tolist())
    )
    kept = hashes[hashes % np.uint64(SAMPLE_EVERY) == 0]
    return Fingerprint(exact, len(hashes), bands, tuple(kept.tolist()))


def _hash_shingles(words: Sequence[str]) -> np.ndarray:
    """Hashes (31 bits) of all distinct sequences of words, ascending."""
    found = {
        zlib.crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode("utf-8", "surrogatepass")) & _PRIME
        for i in range(len(words) - SHINGLE_WORDS + 1)
    }
    # The largest value would be equal to zero in the field of the hash family.
    return np.array(sorted(found - {_PRIME}), np.uint64)


def share_copied(a: Fingerprint, b: Fingerprint) -> float:
    """Estimate of the part of the shorter text that stands word for word in the other (0 to 1)."""
    fewer = min(len(a.sample), len(b.sample))
    if not fewer:
        return 0.0
    return len(a.sampled & b.sampled) / fewer


def are_copies(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the texts are the same, nearly so, or one stands largely in the other."""
    if a.exact == b.exact:
        return bool(a.exact)
    if min(a.shingles, b.shingles) < MIN_SHINGLES:
        return False
    return share_copied(a, b) >= COPY_SHARE
