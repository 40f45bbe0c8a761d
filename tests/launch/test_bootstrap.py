"""The bootstrap runs before anything is installed: plain Python 3.8, standard library only."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from bot.common.settings import ROOT

FILES = ("__init__", "bootstrap", "pythons", "environments", "steps", "orphans")
OURS = {"bot.launch", "bot.launch.environments"}


@pytest.mark.parametrize("name", FILES)
def test_reads_as_python_3_8_and_imports_only_the_standard_library(name: str) -> None:
    path = Path(ROOT, "bot", "launch", f"{name}.py")
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    for node in ast.walk(tree):
        modules = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for module in modules:
            assert module in OURS or module.split(".")[0] in sys.stdlib_module_names, module
