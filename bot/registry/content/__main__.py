"""Print every content fault of data/registry; exit 1 when there is one."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from bot.common.settings import ROOT
from bot.registry.content.entries import load
from bot.registry.content.rules import RULES


def main(arguments: list[str] | None = None) -> int:
    """Run all rules, or those named; 0 when the content is sound, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m bot.registry.content", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT / "data" / "registry", help="folder of the records")
    parser.add_argument("--rule", action="append", choices=sorted(RULES), help="only this rule (repeatable)")
    parser.add_argument("--only", default="", help="only files whose name contains this text")
    options = parser.parse_args(arguments)
    registry = load(options.root)
    chosen = options.rule or list(RULES)
    faults = sorted(fault for name in chosen for fault in RULES[name](registry) if options.only in fault.file)
    for fault in faults:
        print(fault)
    kinds = Counter(entry.kind for entry in registry.entries)
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "no records"
    print(f"content: {counted}; {len(chosen)} rules; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
