"""Parks meant by who is in them or built them: "the one where LG is", "KCN của Sao Đỏ", "Kyocera's park"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.assistant.nlu.gazetteer import Gazetteer, Mention, Name
from bot.assistant.nlu.records import Record
from bot.common.names import ZONE
from bot.common.text import fold

TENANT, DEVELOPER = "tenant", "developer"
_THINGS = "industrial park|industrial zone|park|zone|site|place|area|ip|iz"
_KHU = "khu cong nghiep|khu|kcn|cho|cai|ben"
# "Which park has LG" asks for the park itself.
_ASKED_FOR = re.compile(r"\b(?:which|what|any|other|nao|cac|nhung)\s+$")
# What stands before the company's name, after it, or both, where the park is meant.
_BEFORE = re.compile(
    rf"(?:\b(?:the|that|same|this|your)\s+(?:same\s+)?(?:{_THINGS}|one)\s+(?:where|with|of|as"
    rf"|(?:(?:run|owned|developed|built)\s+)?by|(?:that|which)\s+(?:has|hosts|houses))"
    rf"|\b(?:{_THINGS})\s+(?:where|of|by)"
    rf"|\b(?:{_KHU})(?:\s+(?:ma|noi|dang|co|cua|chua|do|nha may|cong ty|tap doan|chu dau tu))+)"
    r"(?:\s+the)?\s+$"
)
_VERB = re.compile(
    r"^\s+(?:(?:is|are|sits?|rents?|operates?|has (?:its|their) (?:plant|factory))"
    r"(?:\s+(?:in|at|now|located|based))*|dang (?:o|thue|dat|dong|hoat dong)|lam chu dau tu|dau tu)\b"
)
_OWN = re.compile(rf"^(?:\s?['’]s?)?\s+(?:own\s+)?(?:{_THINGS})\b(?!\s+(?:list|in|of)\b)")
_KHU_ALONE = re.compile(r"\b(?:khu cong nghiep|khu|kcn)\s+$")
# With a verb behind the company: "the park LG is in", "chỗ LG đang thuê".
_THING_ALONE = re.compile(rf"\b(?:(?:the|that|same)\s+(?:{_THINGS}|one)(?:\s+(?:where|that))?|{_KHU})\s+$")


@dataclass(frozen=True)
class KnownBy:
    """The names of companies; `own`: of each zone that has such names a name that is its alone."""

    gazetteer: Gazetteer
    own: Mapping[str, str]

    @classmethod
    def of(cls, records: Iterable[Record], zones: Gazetteer) -> KnownBy:
        """Of the records that have such names; `zones` knows the names of all."""
        having = [record for record in records if record.tenants or record.developers]
        names = [
            Name(text, record.id, kind)
            for record in having
            for kind, texts in ((TENANT, record.tenants), (DEVELOPER, record.developers))
            for text in texts
        ]
        return cls(Gazetteer(names), {record.id: _own(record, zones) for record in having})

    def companies(self, text: str) -> dict[str, tuple[str, ...]]:
        """Of each role that companies named in `text` play their parks."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for mention in self.gazetteer.find(text, near=()):
            found[mention.kind].update(dict.fromkeys(mention.records))
        return {role: tuple(zones) for role, zones in found.items()}

    def written_out(self, text: str) -> str:
        """`text` with the park's own name where a company's stands for it."""
        folded = fold(text)
        if len(folded) != len(text):
            return text
        for mention in reversed(self.gazetteer.find(text, near=())):
            span = _span(folded, mention) if len(mention.records) == 1 else None
            if span is not None:
                text = f"{text[: span[0]]}{self.own[mention.records[0]]}{text[span[1] :]}"
        return text


def _own(record: Record, zones: Gazetteer) -> str:
    """The first of a zone's other names that means it alone, else its full name."""
    for name in record.aliases:
        if [mention.records for mention in zones.find(name, near=()) if mention.kind == ZONE] == [
            (record.id,)
        ]:
            return name
    return record.name["vi"]


def _span(folded: str, mention: Mention) -> tuple[int, int] | None:
    """From where to where the park is meant; None where the company itself is."""
    before, after = folded[: mention.start], folded[mention.end :]
    verb, own = _VERB.match(after), _OWN.match(after)
    found = (
        (_THING_ALONE.search(before) if verb else None) or _BEFORE.search(before) or _KHU_ALONE.search(before)
    )
    if found is not None:
        start, end = found.start(), mention.end + (verb.end() if verb else 0)
    elif own is not None:
        start, end = mention.start, mention.end + own.end()
    else:
        return None
    return None if _ASKED_FOR.search(folded[:start]) else (start, end)
