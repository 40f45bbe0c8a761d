"""Sentences are short: 40 words in English, 60 syllables in Vietnamese.

Names of documents, authorities and procedures are not counted: nobody can shorten them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.registry.content.entries import Registry, pairs
from bot.registry.content.faults import Fault
from bot.registry.content.names import any_of, listed

LONGEST = {"vi": 60, "en": 40}
_ABBREVIATION = re.compile(
    r"\b(Art|Arts|No|Nos|Co|Ltd|Jsc|JSC|St|Mr|Ms|Dr|Inc|Corp|vs|approx|e\.g|i\.e|TP|Tp|P|Q)\."
)
_END = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[^\Wa-zà-ỹ_]|[\"“(*\[-])|\n+")
_DOCUMENT = {
    "vi": re.compile(
        r"(?:(?:(?:điểm \w+,? )?(?:các )?(?:khoản [\d, –và-]+,? )?(?:Điều|Phụ lục) [\dIVXLCa-z, –;và-]+ )?)"
        r"(?:Bộ luật|Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Công văn|Thông báo|NĐ|TT|NQ|QĐ)"
        r"(?: (?!\d)[^\s,.;()]+){0,8}?(?: số)? \d[\w./-]*"
    ),
    "en": re.compile(
        r"(?:(?:(?:Points? \w+,? )?(?:Clauses? [\d, –and-]+,? )?(?:Art\.|Arts\.|Articles?|Annex) "
        r"[\dIVXLCa-z, .–and-]+,? )?(?:of (?:the )?)?)?"
        r"(?:Law|Code|Decree|Circular|Resolution|Decision|Official Letter|Notice)"
        r"(?: (?!\d)[^\s,.;()]+){0,8}? \d[\w./-]*"
    ),
}
_WORD = re.compile(r"\w+(?:[./,&'’-]\w+)*")


def check(registry: Registry) -> Iterator[Fault]:
    """A fault for each sentence that is too long."""
    procedures = [entry.record.get("name") or {} for entry in registry.entries if entry.kind == "procedure"]
    names = {lang: any_of([str(name.get(lang) or "") for name in procedures]) for lang in LONGEST}
    for entry in registry.documents:
        for pair in pairs(entry.record):
            for language, text in (("vi", pair.vi), ("en", pair.en)):
                for sentence in sentences(text or ""):
                    length = counted(names[language].sub(" ", sentence), language)
                    if length > LONGEST[language]:
                        advice = f"{length} words, at most {LONGEST[language]}: divide “{sentence[:60]}…”"
                        yield Fault("sentences", entry.file, entry.id, f"{pair.path}.{language}", advice)


def sentences(text: str) -> list[str]:
    """The sentences of a text; abbreviations with a full stop end none."""
    guarded = _ABBREVIATION.sub(lambda match: match.group()[:-1] + "\u2024", text)
    return [part for part in _END.split(guarded) if part and part.strip()]


def counted(sentence: str, language: str) -> int:
    """Words (English) or syllables (Vietnamese) that count."""
    sentence = _DOCUMENT[language].sub(" ", sentence)
    return len(_WORD.findall(listed("uncounted").sub(" ", sentence)))
