"""What the tests of all rooms share; they run under two Pythons, so only pytest is imported at the top."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A database in memory is one connection's own; ours is used by many threads at once.

    Used by pytest-django, which the island does not have.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(settings.HEZA.data_dir / "test.sqlite3")
