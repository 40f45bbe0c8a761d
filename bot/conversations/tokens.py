"""Session tokens: the conversation's id, signed with the installation's secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid

from django.conf import settings

_PURPOSE = b"conversation-token"
_ID_BYTES, _MAC_BYTES = 16, 32


def session_token(conversation: uuid.UUID) -> str:
    """The token that whoever started the conversation gets; it holds until the conversation is erased."""
    return base64.urlsafe_b64encode(conversation.bytes + _mac(conversation.bytes)).decode()


def conversation_of(token: str) -> uuid.UUID | None:
    """The conversation a token was made for, or None when it is not ours."""
    try:
        content = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(content) != _ID_BYTES + _MAC_BYTES:
        return None
    identity, mac = content[:_ID_BYTES], content[_ID_BYTES:]
    return uuid.UUID(bytes=identity) if hmac.compare_digest(mac, _mac(identity)) else None


def button_token() -> str:
    """A new token for a button, not to be guessed."""
    return secrets.token_urlsafe(16)


def _mac(identity: bytes) -> bytes:
    key: str = settings.HEZA.secret
    return hmac.new(key.encode(), _PURPOSE + identity, hashlib.sha256).digest()
