"""Every setting of the product, read from the environment in this one place.

Names, defaults and meanings are listed in docs/settings.md. A value is read when
`load()` is called, never at import time, so tests and processes see their own environment.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """All settings; addresses without a trailing slash, folders absolute, times in seconds."""

    data_dir: Path
    host: str
    port: int
    rasa_port: int
    actions_port: int
    metrics_host: str
    metrics_port: int
    secret: str
    rate_limit_per_minute: int
    rasa_timeout: float
    silence_minutes: int
    debug: bool
    log_format: str
    database_url: str
    redis_url: str
    today: date | None
    allowed_origins: tuple[str, ...]
    allowed_hosts: tuple[str, ...]
    staff_hosts: tuple[str, ...]
    notice_vi: str
    notice_en: str
    topics_for_people: tuple[str, ...]
    public_url: str
    telegram_token: str
    telegram_bot: str
    telegram_api_url: str
    telegram_webhook_url: str
    telegram_webhook_host: str
    telegram_webhook_port: int
    dossier_url: str
    dossier_authorization: str
    dossier_fields: str
    dossier_timeout: float

    @property
    def site_url(self) -> str:
        """The site as its own processes reach it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def rasa_url(self) -> str:
        """Rasa's server, on loopback."""
        return os.environ.get("HEZA_RASA_URL") or f"http://127.0.0.1:{self.rasa_port}"

    @property
    def registry_url(self) -> str:
        """Root of the registry API, e.g. for actions and the NLU index."""
        return os.environ.get("HEZA_REGISTRY_URL") or f"{self.site_url}/api/v1"


def load() -> Settings:
    """Read the environment. The secret is made once per data folder when none is given."""
    env = os.environ
    # An empty one would be the folder the command is given in.
    data_dir = Path(env.get("HEZA_DATA_DIR") or ROOT / "var").resolve()
    today = env.get("HEZA_TODAY")
    return Settings(
        data_dir=data_dir,
        host=env.get("HEZA_HOST", "127.0.0.1"),
        port=int(env.get("HEZA_PORT", "8000")),
        rasa_port=int(env.get("HEZA_RASA_PORT", "5005")),
        actions_port=int(env.get("HEZA_ACTIONS_PORT", "5055")),
        metrics_host=env.get("HEZA_METRICS_HOST", "127.0.0.1"),
        metrics_port=int(env.get("HEZA_METRICS_PORT", "9464")),
        secret=env.get("HEZA_SECRET") or _stored_secret(data_dir),
        rate_limit_per_minute=int(env.get("HEZA_RATE_LIMIT_PER_MINUTE", "30")),
        silence_minutes=int(env.get("HEZA_SILENCE_MINUTES", "30")),
        rasa_timeout=float(env.get("HEZA_RASA_TIMEOUT", "10")),
        log_format=env.get("HEZA_LOG_FORMAT", "plain"),
        debug=env.get("HEZA_DEBUG", "") == "1",
        database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'heza.sqlite3'}",
        redis_url=env.get("REDIS_URL", ""),
        today=date.fromisoformat(today) if today else None,
        allowed_origins=_words(env.get("HEZA_ALLOWED_ORIGINS", "")),
        allowed_hosts=_words(env.get("HEZA_ALLOWED_HOSTS", "127.0.0.1 localhost")),
        staff_hosts=_words(env.get("HEZA_STAFF_HOSTS", "")),
        notice_vi=env.get("HEZA_EMERGENCY_NOTICE_VI", "").strip(),
        notice_en=env.get("HEZA_EMERGENCY_NOTICE_EN", "").strip(),
        topics_for_people=_words(env.get("HEZA_TOPICS_FOR_PEOPLE", "")),
        public_url=env.get("HEZA_PUBLIC_URL", "").rstrip("/"),
        telegram_token=env.get("TELEGRAM_TOKEN", ""),
        telegram_bot=env.get("TELEGRAM_BOT", "").lstrip("@"),
        telegram_api_url=env.get("TELEGRAM_API_URL", "https://api.telegram.org").rstrip("/"),
        telegram_webhook_url=env.get("TELEGRAM_WEBHOOK_URL", ""),
        telegram_webhook_host=env.get("TELEGRAM_WEBHOOK_HOST", "127.0.0.1"),
        telegram_webhook_port=int(env.get("TELEGRAM_WEBHOOK_PORT", "8081")),
        dossier_url=env.get("HEZA_DOSSIER_URL", ""),
        dossier_authorization=env.get("HEZA_DOSSIER_AUTHORIZATION", ""),
        dossier_fields=env.get("HEZA_DOSSIER_FIELDS", ""),
        dossier_timeout=float(env.get("HEZA_DOSSIER_TIMEOUT", "1.2")),
    )


def _words(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _stored_secret(data_dir: Path) -> str:
    """The installation's own secret, created on first use, readable by its owner only."""
    path = data_dir / "secret"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
