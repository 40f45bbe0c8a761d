"""Lines that are only ever added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AddOnly(models.Model):
    """A line is written once, and neither changed nor deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A line is written once."""
        if not self._state.adding:
            raise TypeError("An audit line is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("An audit line is never deleted.")
