"""Headers: those of every answer, so that a browser does only what is intended with it."""

from __future__ import annotations

from collections.abc import Sequence

_POLICY = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"),
    *("img-src 'self' data:", "base-uri 'none'", "form-action 'none'"),
)

_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(frame_ancestors: Sequence[str] = ()) -> list[tuple[bytes, bytes]]:
    """The headers of every answer, in the form of ASGI; `frame_ancestors` may show the page in a frame."""
    ancestors = " ".join(frame_ancestors) or "'none'"
    headers = {
        "content-security-policy": "; ".join((*_POLICY, f"frame-ancestors {ancestors}")),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": _PERMISSIONS,
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]
