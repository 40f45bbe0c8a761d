"""Systems of equations in blocks: the same solution as LAPACK's, whatever the number of blocks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.linalg import LinAlgError

from bot.assistant.nlu import cholesky
from bot.assistant.nlu.cholesky import Matrix


@pytest.fixture
def system() -> Matrix:
    random = np.random.default_rng(0)
    rows = random.standard_normal((70, 30)).astype(np.float32)
    return np.asarray(rows @ rows.T + 5 * np.eye(70), dtype=np.float32)


@pytest.fixture(params=[7, 32, 70, 2048])
def _block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cholesky, "BLOCK", request.param)
    monkeypatch.setattr(cholesky, "_FACTOR_BLOCK", request.param)


@pytest.mark.usefixtures("_block")
def test_the_solution_solves(system: Matrix) -> None:
    wanted = np.random.default_rng(1).standard_normal((70, 3)).astype(np.float32)
    found = cholesky.solve(cholesky.factor(system.copy(), 2), wanted.copy())
    assert np.allclose(system @ found, wanted, atol=1e-4)


@pytest.mark.usefixtures("_block")
def test_only_what_is_below_the_diagonal_is_read(system: Matrix) -> None:
    half = np.where(np.tril(np.ones_like(system)) > 0, system, np.nan).astype(np.float32)
    assert np.allclose(np.tril(cholesky.factor(half)), np.linalg.cholesky(system), atol=1e-4)


@pytest.mark.usefixtures("_block")
@pytest.mark.parametrize("count", [1, 25, 70])
def test_the_end_of_the_inverse(system: Matrix, count: int) -> None:
    found = cholesky.inverse_at_end(cholesky.factor(system.copy()), count)
    assert np.allclose(found, np.linalg.inv(system)[-count:, -count:], atol=1e-4)


def test_a_system_without_a_factor_is_refused() -> None:
    with pytest.raises(LinAlgError):
        cholesky.factor(-np.eye(3, dtype=np.float32))
