"""The registry as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from bot.registry.labels import label as say_later


class RegistryConfig(AppConfig):
    """Records of procedures, zones, incentives, FAQ and statistics, and demonstration dossiers."""

    name = "bot.registry"
    label = "registry"
    verbose_name = say_later("registry")
