"""`python -m bot.assistant.training train …`: Rasa's own command line, with archives that are not packed.

A model is mostly digits that do not pack. Rasa packs them as hard as gzip can (half a minute) and unpacks
them twice at every start (2 s); how hard is no setting of it.
"""

from __future__ import annotations

from typing import Any

import rasa.__main__
from rasa.engine.storage import local_model_storage
from tarsafe import TarSafe


class Loose(TarSafe):
    """An archive that is gzip in form, without being packed."""

    @classmethod
    def gzopen(
        cls, name: str, mode: str = "r", fileobj: Any = None, compresslevel: int = 0, **others: Any
    ) -> Any:
        """What `open` calls for "w:gz" and "r:gz"."""
        return super().gzopen(name, mode, fileobj, compresslevel, **others)


if __name__ == "__main__":
    local_model_storage.TarSafe = Loose
    rasa.__main__.main()
