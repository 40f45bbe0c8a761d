"""Which matrix kernels numpy uses on the island.

Rasa 3.6 needs a numpy whose OpenBLAS is of 2022. A newer processor it takes for one of 2004: measured there,
multiplying is six times slower and learning takes 164 instead of 90 s.
"""

from __future__ import annotations

from pathlib import Path

VARIABLE = "OPENBLAS_CORETYPE"

# From the widest to the narrowest: kernels, and what a processor must be able to do for them.
_KERNELS = (
    ("SkylakeX", {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "fma"}),
    ("Haswell", {"avx2", "fma"}),
)
_PROCESSORS = Path("/proc/cpuinfo")


def kernels(processors: Path = _PROCESSORS) -> dict[str, str]:
    """The variable that names the best kernels this processor can run; {} where that is not known."""
    try:
        lines = processors.read_text(errors="replace").splitlines()
    except OSError:
        return {}
    able = next((set(line.partition(":")[2].split()) for line in lines if line.startswith("flags")), set())
    return next(({VARIABLE: name} for name, needed in _KERNELS if needed <= able), {})
