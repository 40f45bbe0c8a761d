"""Systems of linear equations with a symmetric positive definite matrix of any size, factored in blocks.

The LAPACK that comes with numpy counts bytes in 32 bits and crashes from 23,170 rows of float32; block by
block it never sees so many, and runs as fast.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular

Matrix = NDArray[np.float32]

BLOCK = 2048


def factor(system: Matrix) -> Matrix:
    """The lower Cholesky factor, shape (n, n), written over `system`.

    What stands above the diagonal is neither read nor meant. Raises LinAlgError when the matrix is not
    positive definite.
    """
    for rows in _blocks(len(system)):
        own, below = system[rows, rows], slice(rows.stop, None)
        own[:] = cholesky(own, lower=True, check_finite=False)
        panel = solve_triangular(own, system[below, rows].T, lower=True, check_finite=False).T
        system[below, rows] = panel
        for columns in _blocks(len(panel)):
            # Only what is below the diagonal is used.
            start = rows.stop + columns.start
            target = system[start:, start : rows.stop + columns.stop]
            target -= panel[columns.start :] @ panel[columns].T
    return system


def solve(lower: Matrix, wanted: Matrix) -> Matrix:
    """Solution x of `lower @ lower.T @ x = wanted`, shape (n, k), written over `wanted`."""
    _forward(lower, wanted)
    for rows in reversed(list(_blocks(len(lower)))):
        below = slice(rows.stop, None)
        wanted[rows] -= lower[below, rows].T @ wanted[below]
        wanted[rows] = solve_triangular(
            lower[rows, rows], wanted[rows], lower=True, trans="T", check_finite=False
        )
    return wanted


def inverse_at_end(lower: Matrix, count: int) -> Matrix:
    """The last `count` rows and columns of the inverse of `lower @ lower.T`: of the last of `lower` alone."""
    corner = lower[len(lower) - count :, len(lower) - count :]
    unit = solve_triangular(corner, np.eye(count, dtype=lower.dtype), lower=True, check_finite=False)
    inverse: Matrix = unit.T @ unit
    return inverse


def _forward(lower: Matrix, wanted: Matrix) -> None:
    for rows in _blocks(len(lower)):
        wanted[rows] -= lower[rows, : rows.start] @ wanted[: rows.start]
        wanted[rows] = solve_triangular(lower[rows, rows], wanted[rows], lower=True, check_finite=False)


def _blocks(size: int) -> Iterator[slice]:
    for start in range(0, size, BLOCK):
        yield slice(start, min(start + BLOCK, size))
