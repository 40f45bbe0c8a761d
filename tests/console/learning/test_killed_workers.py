"""Whatever a worker was doing with a model when it was killed, the next one takes it up."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from pytest_django import Settings

from bot.common import rasa_address
from bot.console.learning import promotion, rasa, shelf
from bot.console.models import ModelState, TrainedModel
from bot.console.roles import Role
from tests.console.learning.played import BESIDE, Make, Processes, long_ago, on_trial, state

pytestmark = pytest.mark.django_db


def test_what_a_killed_worker_left_is_taken_up(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    promotion.request(candidate.pk, officer(Role.MANAGER))
    promotion.watch()
    assert state(candidate) == ModelState.STARTING
    long_ago()
    promotion.watch()
    assert state(candidate) == ModelState.READY
    on_trial(candidate, officer)
    TrainedModel.objects.filter(pk=candidate.pk).update(state=ModelState.SETTLING)
    long_ago()
    promotion.watch()
    assert state(candidate) == ModelState.SERVING


class Killed(BaseException):
    """The worker ends here."""


def _killed(*_args: object, **_options: object) -> None:
    raise Killed


@pytest.mark.parametrize(
    ("module", "step"),
    [(rasa, "silent_canaries"), (rasa_address, "point"), (promotion, "TRIAL")],
    ids=["before it is asked", "before the change of the address", "after the change of the address"],
)
def test_a_worker_killed_while_starting_leaves_nobody_with_the_candidate(
    module: object, step: str, candidate: TrainedModel, processes: Processes, officer: Make,
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    promotion.request(candidate.pk, officer(Role.MANAGER))
    with monkeypatch.context() as patch:
        # No sum can be made with it, just after the address was changed.
        patch.setattr(module, step, None if step == "TRIAL" else _killed)
        with pytest.raises((Killed, TypeError)):
            promotion.begin(candidate.pk)
    assert state(candidate) == ModelState.STARTING
    assert BESIDE in processes.at
    long_ago()
    promotion.watch()
    assert (state(candidate), candidate.address) == (ModelState.READY, "")
    assert rasa_address.current(settings.HEZA) == processes.home
    assert BESIDE not in processes.at


@pytest.mark.parametrize(
    ("module", "step"),
    [(shelf, "make_present"), (rasa, "leave"), (rasa_address, "clear"), (promotion, "end_beside"),
     (promotion, "_settled")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_worker_killed_while_settling_is_taken_up(
    module: object, step: str, candidate: TrainedModel, processes: Processes, officer: Make,
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    on_trial(candidate, officer)
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _killed)
        with pytest.raises(Killed):
            promotion.finish(candidate.pk)
    assert processes.at.get(rasa_address.current(settings.HEZA))
    long_ago()
    promotion.watch()
    assert state(candidate) == ModelState.SERVING
    assert (shelf.serving(), BESIDE in processes.at) == (candidate, False)


@pytest.mark.parametrize("home_failed", [False, True])
@pytest.mark.parametrize(
    ("module", "step"),
    [(promotion, "_stands_by"), (shelf, "make_present"), (rasa, "leave"), (rasa_address, "clear"),
     (promotion, "_answers_again"), (promotion, "end_beside")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_whoever_is_killed_while_rolling_back_the_former_model_answers(
    module: object, step: str, home_failed: bool, candidate: TrainedModel, processes: Processes,
    officer: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    former = shelf.serving()
    on_trial(candidate, officer)
    if home_failed:
        processes.comes_back = False
        promotion.finish(candidate.pk)
        processes.comes_back = True
    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(module, step, _killed)
        promotion.roll_back(candidate.pk, officer(Role.MANAGER))
        promotion.take_back(candidate.pk)
    assert processes.at.get(rasa_address.current(settings.HEZA))
    for _ in range(2):
        long_ago()
        promotion.watch()
    assert state(candidate) == ModelState.RETURNED
    assert processes.at[rasa_address.current(settings.HEZA)] == Path(former.path).name
    assert (shelf.serving(), BESIDE in processes.at) == (former, False)
