"""Octet weights: the size of each character in UTF-8."""

from __future__ import annotations

from functools import lru_cache

from septet import _kernel


@lru_cache(maxsize=8)
def _utf_8(weights: type[_kernel.Weights], line_break: int) -> _kernel.Weights:
    codes = {code: 1 if code < 0x80 else 2 for code in range(0x800)}
    if line_break:
        codes[ord("\n")] = line_break
    return weights(codes, 3, 4)


def utf_8(line_break: int = 0) -> _kernel.Weights:
    """Octets of UTF-8 (RFC 3629, 3); the vendor may give a line break another weight. A surrogate takes 3."""
    return _utf_8(_kernel.Weights, line_break)
