"""Archives of models, in gzip's form and not packed."""

from __future__ import annotations

from pathlib import Path

from tarsafe import TarSafe

from bot.assistant.training import Loose

CONTENT = b"a model " * 100_000


def test_an_archive_is_not_packed_and_reads_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "learned").write_bytes(CONTENT)
    archive = tmp_path / "heza-1.tar.gz"
    with Loose.open(archive, "w:gz") as written:
        written.add(tmp_path / "kept", arcname="")
    assert archive.read_bytes()[:2] == b"\x1f\x8b"
    assert archive.stat().st_size > len(CONTENT)
    (tmp_path / "read").mkdir()
    with TarSafe.open(archive, "r:gz") as read:
        read.extractall(tmp_path / "read")
    assert (tmp_path / "read" / "learned").read_bytes() == CONTENT
