"""`make coverage-content`: asks for every aspect of every record in both languages and looks for the value.

Prints and writes docs/quality/coverage.md with every miss. `--gate` fails below the bounds of floors.yml,
`--kind zone` asks one kind only and writes nothing, `--running` asks the product that runs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.assistant.trial.questions import LANGUAGES
from bot.common.names import ASPECTS, KINDS, OVERVIEW, ZONE
from bot.common.settings import ROOT
from bot.launch.client import Message
from tests.quality import gate, online
from tests.quality.expected import expected, records
from tests.quality.figures import Share
from tests.quality.product import Product, product

_WORDINGS = Path(__file__).with_name("coverage.yml")
_SHORT = 120
# A line of progress after so many answers.
_REPORTED = 250
_REPORT = ROOT / "docs" / "quality" / "coverage.md"


@dataclass(frozen=True)
class Check:
    """A question with the strings that its answer must hold."""

    kind: str
    record: str
    aspect: str
    language: str
    text: str
    strings: tuple[str, ...]
    has_value: bool


@dataclass(frozen=True)
class Miss:
    """A check whose answer lacks something."""

    check: Check
    lacking: str


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 when the gate fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--running", action="store_true", help="ask the product that runs with these settings"
    )
    parser.add_argument("--gate", action="store_true", help="fail below the bounds")
    parser.add_argument("--kind", choices=KINDS, help="only records of this kind; nothing is written")
    options = parser.parse_args(arguments)
    wanted = list(checks(options.kind))
    with product(options.running) as found:
        misses = ask(found, wanted)
    text = report(wanted, misses)
    print(text)
    if not options.kind:
        _REPORT.parent.mkdir(parents=True, exist_ok=True)
        _REPORT.write_text(text, encoding="utf-8")
    faults = gate.coverage_faults(measured(wanted, misses)) if options.gate else []
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def checks(kind: str | None = None) -> Iterator[Check]:
    """Every aspect of every published record, in both languages."""
    wordings = yaml.safe_load(_WORDINGS.read_text(encoding="utf-8"))
    for each in KINDS if kind is None else (kind,):
        for record in records(each):
            for language in LANGUAGES:
                for aspect in ASPECTS.get(each, (OVERVIEW,)):
                    text = wordings[each][aspect][language].format(name=record["name"][language])
                    strings, has_value = expected(each, record, aspect, language)
                    yield Check(each, record["id"], aspect, language, text, tuple(strings), has_value)


def ask(found: Product, wanted: Sequence[Check]) -> list[Miss]:
    """Ask every check in a conversation of its own; what is lacking."""
    begun = time.monotonic()

    def done(count: int) -> None:
        if count % _REPORTED == 0 or count == len(wanted):
            seconds = time.monotonic() - begun
            print(f"asked {count} of {len(wanted)} in {seconds:.0f} s", file=sys.stderr, flush=True)

    talks = online.hold(found.base_url, [[check.text] for check in wanted], done)
    misses = []
    for check, talk in zip(wanted, talks, strict=True):
        lacking = lacks(check, talk.answers[0])
        if lacking:
            misses.append(Miss(check, lacking))
    return misses


def lacks(check: Check, answer: Sequence[Message]) -> str | None:
    """The first thing that the answer lacks; None when all is there."""
    sources = [source["record"] for message in answer for source in message["sources"]]
    if check.record not in sources[:1]:
        return f"answered with {sources[0]}" if sources else "not answered with a record"
    text = _plain(" ".join(message["text"] for message in answer))
    return next((string for string in check.strings if _plain(string) not in text), None)


def measured(wanted: Sequence[Check], misses: Sequence[Miss]) -> dict[str, float]:
    """The figures that floors.yml bounds, in per cent."""
    return {
        "value_in_answer": 100 * _share(wanted, misses, has_value=True).value,
        "null_answered_honestly": 100 * _share(wanted, misses, has_value=False).value,
    }


def report(wanted: Sequence[Check], misses: Sequence[Miss]) -> str:
    """Shares by kind and language, and every miss."""
    lines = ["| kind | language | value in the answer | nothing on record, said so |", "|---|---|---:|---:|"]
    for kind in dict.fromkeys(check.kind for check in wanted):
        for language in LANGUAGES:
            own = [check for check in wanted if (check.kind, check.language) == (kind, language)]
            cells = [_cell(_share(own, misses, has_value=has_value)) for has_value in (True, False)]
            lines.append(f"| {kind} | {language} | {cells[0]} | {cells[1]} |")
    cells = [_cell(_share(wanted, misses, has_value=has_value)) for has_value in (True, False)]
    lines.append(f"| all | both | {cells[0]} | {cells[1]} |")
    parts = [
        "# Is every record's content in the answers?",
        "`make coverage-content` asks for every aspect of every record, in both languages, over the API.",
        "\n".join(lines),
        "## Misses",
        "\n".join(["| record | aspect | language | lacking |", "|---|---|---|---|", *map(_listed, misses)])
        if misses
        else "None.",
        "## Zones: nothing on record, by aspect",
        "\n".join(
            ["| aspect | questions | not answered honestly |", "|---|---:|---:|", *nulls(wanted, misses)]
        ),
    ]
    return "\n\n".join(parts) + "\n"


def nulls(wanted: Sequence[Check], misses: Sequence[Miss]) -> Iterator[str]:
    """A row for each aspect of zones that has no value: how often asked, how often not answered honestly."""
    missed = {id(miss.check) for miss in misses}
    for aspect in ASPECTS[ZONE]:
        own = [c for c in wanted if c.kind == ZONE and c.aspect == aspect and not c.has_value]
        if own:
            yield f"| {aspect} | {len(own)} | {sum(id(check) in missed for check in own)} |"


def _listed(miss: Miss) -> str:
    lacking = miss.lacking.replace("|", " ").replace("\n", " ")[:_SHORT]
    return f"| {miss.check.record} | {miss.check.aspect} | {miss.check.language} | {lacking} |"


def _share(wanted: Sequence[Check], misses: Sequence[Miss], *, has_value: bool) -> Share:
    missed = {id(miss.check) for miss in misses}
    own = [check for check in wanted if check.has_value == has_value]
    return Share(sum(id(check) not in missed for check in own), len(own))


def _cell(share: Share) -> str:
    return f"{100 * share.value:.1f} % of {share.whole}" if share.whole else "–"


def _plain(text: str) -> str:
    """Without bold and line breaks, in small letters, as a reader compares."""
    return " ".join(text.replace("**", "").split()).casefold().rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
