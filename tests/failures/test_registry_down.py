"""The registry is away: the last good copy with its date, or an honest sentence."""

from __future__ import annotations

import shutil

import pytest

from tests.failures.asking import FROM_COPY, PERSON, QUESTION, REGISTRY_DOWN, answers_well, is_answer, titles
from tests.failures.conftest import Product
from tests.waiting import wait_until


@pytest.fixture
def copied(product: Product) -> Product:
    """The product, once it has its copy of the registry."""
    folder = product.stack.data_dir / "registry-copy"
    assert wait_until(lambda: len(list(folder.glob("*.json"))) == 5, 60)
    return product


def test_the_last_good_copy_answers_with_its_date(copied: Product) -> None:
    with copied.stack.conversation("en") as conversation:
        copied.registry.cut()
        try:
            (message,) = conversation.say(QUESTION)
            assert is_answer(message)
            assert FROM_COPY in message["text"]
            (listed,) = conversation.say("which industrial parks are in the Dinh Vu - Cat Hai economic zone")
            assert FROM_COPY in listed["text"]
        finally:
            copied.registry.mend()
        assert wait_until(lambda: answers_well(conversation))


def test_without_a_copy_an_honest_sentence(copied: Product) -> None:
    stack = copied.stack
    with stack.conversation("en") as conversation:
        copied.registry.cut()
        try:
            with stack.without("actions"):
                shutil.rmtree(stack.data_dir / "registry-copy")
            messages = conversation.say(QUESTION)
            assert [message["text"] for message in messages] == [REGISTRY_DOWN]
            assert titles(messages) == [PERSON]
        finally:
            copied.registry.mend()
        assert wait_until(lambda: answers_well(conversation))
