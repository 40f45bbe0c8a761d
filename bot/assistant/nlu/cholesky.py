"""Systems of linear equations with a symmetric positive definite matrix of any size, factored in blocks.

The LAPACK that comes with numpy counts bytes in 32 bits and crashes from 23,170 rows of float32; block by
block it never sees so many, and runs as fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.linalg.blas import strsm
from threadpoolctl import threadpool_limits  # type: ignore[import-not-found]

Matrix = NDArray[np.float32]

BLOCK = 2048
# Of the factor: smaller ones leave more to multiply for each thread on its own.
_FACTOR_BLOCK = 640


def factor(system: Matrix, threads: int = 1) -> Matrix:
    """The lower Cholesky factor, shape (n, n), written over `system`.

    What stands above the diagonal is neither read nor meant. Raises LinAlgError when the matrix is not
    positive definite.
    """
    # Column by column, each with all that stands left of it: what is multiplied is written but once. Each
    # thread works on rows of its own, which is faster than BLAS with as many threads on all of them.
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
        for columns in _blocks(len(system), step=_FACTOR_BLOCK):
            if columns.start:
                list(pool.map(partial(_lessen, system, columns), _below(system, columns.start)))
            own = np.asfortranarray(cholesky(system[columns, columns], lower=True, check_finite=False))
            system[columns, columns] = own
            list(pool.map(partial(_divide, system, columns, own), _below(system, columns.stop)))
    return system


def _lessen(system: Matrix, columns: slice, rows: slice) -> None:
    system[rows, columns] -= system[rows, : columns.start] @ system[columns, : columns.start].T


def _divide(system: Matrix, columns: slice, own: Matrix, rows: slice) -> None:
    system[rows, columns] = strsm(1.0, own, system[rows, columns].T, lower=1).T


def _below(system: Matrix, start: int) -> Iterator[slice]:
    return _blocks(len(system), start, _FACTOR_BLOCK)


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


def _blocks(size: int, start: int = 0, step: int = BLOCK) -> Iterator[slice]:
    for first in range(start, size, step):
        yield slice(first, min(first + step, size))
