"""The matrix kernels are chosen by what the processor can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.common import settings as configuration
from bot.launch.blas import VARIABLE, kernels
from bot.launch.processes import rasa_environment

_AVX2 = "fpu sse sse2 avx fma avx2"
_AVX512 = f"{_AVX2} avx512f avx512dq avx512cd avx512bw avx512vl amx_int8"


@pytest.mark.parametrize(
    ("flags", "expected"), [(_AVX512, "SkylakeX"), (_AVX2, "Haswell"), ("fpu sse sse2 avx", None)]
)
def test_the_widest_the_processor_can_run(tmp_path: Path, flags: str, expected: str | None) -> None:
    described = tmp_path / "cpuinfo"
    described.write_text(f"processor\t: 0\nmodel name\t: any\nflags\t\t: {flags}\nbogomips\t: 1\n")
    assert kernels(described).get(VARIABLE) == expected


def test_an_unknown_system_decides_for_itself(tmp_path: Path) -> None:
    assert kernels(tmp_path / "missing") == {}


def test_what_the_operator_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "Zen")
    assert rasa_environment(configuration.load())[VARIABLE] == "Zen"
