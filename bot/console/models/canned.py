"""Replies that officers use again and again, in both languages side by side."""

from __future__ import annotations

from django.db import models


class CannedReply(models.Model):
    """A pair; the desk puts the one in the investor's language into the field."""

    title_vi = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    text_vi = models.TextField()
    text_en = models.TextField()
    position = models.PositiveIntegerField(default=100)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "canned replies"

    def __str__(self) -> str:
        return self.title_vi
