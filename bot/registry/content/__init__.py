"""Content checks over data/registry: `python -m bot.registry.content`, no database needed."""
