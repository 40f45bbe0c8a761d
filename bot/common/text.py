"""Text as both languages type it: Unicode form, control characters, folding."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")


class _Bare(dict[int, str]):
    """Character → the character without its marks; filled as characters come up."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code))
        bare = self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return bare


# đ has no decomposition: it needs its own rule.
_BARE = _Bare({ord("đ"): "d", ord("Đ"): "D"})


def clean(text: str) -> str:
    """NFC, control and format characters out (line breaks become spaces), one space between words."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        kept = (" " if c in "\n\r\t" else c for c in text)
        text = "".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return _SPACE.sub(" ", text).strip()


def strip_marks(text: str) -> str:
    """Without diacritics, case kept: 'Đình Vũ' -> 'Dinh Vu'."""
    return text if text.isascii() else text.translate(_BARE)


def fold(text: str) -> str:
    """The form everything is compared in: lower case, no diacritics, đ as d, single spaces."""
    return _SPACE.sub(" ", strip_marks(text).casefold()).strip()


def neutralise(text: str) -> str:
    """Free text that Rasa cannot take for a forced intent.

    Rasa strips before it looks for the leading slash, so the slash is looked for in the same way:
    after white space, no-break spaces and control characters are gone.
    """
    return clean(text).lstrip("/ \u00a0")
