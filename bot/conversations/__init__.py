"""The gateway: sessions, messages, modes, delivery and privacy for every channel."""
