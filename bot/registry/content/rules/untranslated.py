"""No words of the other language, apart from listed names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.common.text import strip_marks
from bot.registry.content.entries import Registry, pairs
from bot.registry.content.faults import Fault
from bot.registry.content.names import listed

# Frequent English words that are no Vietnamese syllables (so not "to", "in", "an", "do").
_ENGLISH = re.compile(
    r"\b(?:the|of|and|with|from|for|are|was|were|which|this|that|by|is|not|or|than|only|about|between|per|has|"
    r"have|will|must|should|under|into|when|where|who|its|their|each|other|such|no|as|at|on|it|be)\b",
    re.IGNORECASE,
)
_VIETNAMESE_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OWN_LETTERS = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
_WEB = re.compile(r"https?://\S+|\S+@\S+")


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of words left in the other language."""
    for entry in registry.documents:
        for pair in pairs(entry.record):
            for side, words in (
                ("en", vietnamese_words(pair.en or "")),
                ("vi", english_words(pair.vi or "")),
            ):
                if words:
                    advice = f"translate, or list as a name: {', '.join(words[:6])}"
                    yield Fault("untranslated", entry.file, entry.id, f"{pair.path}.{side}", advice)


def vietnamese_words(text: str) -> list[str]:
    """Words with Vietnamese letters in an English text."""
    text = listed("vietnamese").sub(" ", _WEB.sub(" ", text))
    return [word for word in _VIETNAMESE_WORD.findall(text) if _OWN_LETTERS.search(word)]


def english_words(text: str) -> list[str]:
    """English function words in a Vietnamese text; for a text without any diacritics, its first words."""
    rest = listed("foreign").sub(" ", _WEB.sub(" ", text))
    found = _ENGLISH.findall(rest)
    words = [word for word in _VIETNAMESE_WORD.findall(rest) if not word.isupper() and not word[0].isupper()]
    if not found and len(words) >= 4 and strip_marks(rest) == rest:
        return words
    return found
