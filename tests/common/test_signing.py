from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.common import signing

SECRET, BODY, NOW = "a" * 32, b'{"sender":"1"}', 1_800_000_000


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: float(NOW))


def test_the_signature_is_the_documented_one() -> None:
    expected = hmac.new(SECRET.encode(), b"1800000000." + BODY, hashlib.sha256).hexdigest()
    assert signing.sign(SECRET, str(NOW), BODY) == expected
    assert signing.headers(SECRET, BODY) == {"X-Heza-Timestamp": str(NOW), "X-Heza-Signature": expected}


@pytest.mark.parametrize("age", [0, 59, 60, -60])
def test_a_request_of_this_minute_is_accepted(age: int) -> None:
    timestamp = str(NOW - age)
    assert signing.verify(SECRET, timestamp, signing.sign(SECRET, timestamp, BODY), BODY)


@pytest.mark.parametrize("age", [61, -61, 3600])
def test_an_old_or_early_request_is_refused(age: int) -> None:
    timestamp = str(NOW - age)
    assert not signing.verify(SECRET, timestamp, signing.sign(SECRET, timestamp, BODY), BODY)


def test_whatever_is_changed_the_signature_no_longer_fits() -> None:
    timestamp = str(NOW)
    signature = signing.sign(SECRET, timestamp, BODY)
    assert not signing.verify("b" * 32, timestamp, signature, BODY)
    assert not signing.verify(SECRET, str(NOW - 1), signature, BODY)
    assert not signing.verify(SECRET, timestamp, signature, BODY + b" ")
    assert not signing.verify(SECRET, timestamp, signature[:-1] + "é", BODY)


@pytest.mark.parametrize("timestamp", [None, "", "now", "-1", "١٨٠٠٠٠٠٠٠٠", "1800000000.5"])
def test_what_is_no_time_is_refused(timestamp: str | None) -> None:
    signature = signing.sign(SECRET, timestamp or "", BODY)
    assert not signing.verify(SECRET, timestamp, signature, BODY)
    assert not signing.verify(SECRET, str(NOW), None, BODY)
