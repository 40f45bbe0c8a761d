"""The registry as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Records of procedures, zones, incentives, FAQ and statistics, and demonstration dossiers."""

    name = "bot.registry"
    label = "registry"
