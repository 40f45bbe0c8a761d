"""The vectors that come with the checkout are those of its wordings: a first start has few to compute."""

from __future__ import annotations

from bot.assistant.nlu.examples import wordings
from bot.common import kept_vectors
from bot.common.embedding_cache import key_of
from bot.common.settings import ROOT

# A few changed wordings are embedded in no time; of more, `make vectors` must be run.
MOST_MISSING = 500


def test_nearly_every_wording_has_its_vector() -> None:
    texts = {text for path in (ROOT / "data" / "nlu").rglob("*.yml") for text, _, _ in wordings(path)}
    keys = {key_of(text) for text in texts if "{" not in text}
    (file,) = kept_vectors.FOLDER.glob("*.npz")
    missing = len(keys) - len(kept_vectors.read(file.stem, keys))
    assert missing <= MOST_MISSING, f"{missing} wordings have no vector: make vectors"
