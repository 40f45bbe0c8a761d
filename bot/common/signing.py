"""The signature on internal requests: hex HMAC-SHA256 over time and body with the installation's secret."""

from __future__ import annotations

import hashlib
import hmac
import time

TIMESTAMP_HEADER = "X-Heza-Timestamp"
SIGNATURE_HEADER = "X-Heza-Signature"
MAX_AGE_SECONDS = 60


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of `timestamp + "." + body`; the timestamp is in unix seconds."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def headers(secret: str, body: bytes) -> dict[str, str]:
    """Both headers for a request that is sent now."""
    timestamp = str(int(time.time()))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: sign(secret, timestamp, body)}


def verify(secret: str, timestamp: str | None, signature: str | None, body: bytes) -> bool:
    """Whether the signature is ours and at most a minute old or ahead; absent headers never are."""
    if not timestamp or not signature or not timestamp.isascii() or not timestamp.isdigit():
        return False
    if abs(time.time() - int(timestamp)) > MAX_AGE_SECONDS:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body).encode(), signature.encode())
