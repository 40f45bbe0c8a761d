"""Django's settings, derived from `bot.common.settings`, the only reader of the environment."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import dj_database_url
from django.urls import reverse_lazy

from bot.common import settings as configuration
from bot.common.settings import ROOT
from bot.registry.staff.navigation import menu

HEZA = configuration.load()

SECRET_KEY = HEZA.secret
DEBUG = HEZA.debug
# The processes reach each other on loopback whatever the public name is.
ALLOWED_HOSTS = [*HEZA.allowed_hosts, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HEZA.allowed_hosts]
# Behind the reverse proxy of deploy/, which sets it and drops what a client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A room takes part as soon as it is there: the registry runs without the console, and so on.
ROOMS = [
    room
    for room in ("bot.registry", "bot.conversations", "bot.console", "bot.telegram")
    if find_spec(room) and find_spec(f"{room}.apps")
]
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "import_export",
    "simple_history",
    "django_htmx",
    # Installed so that the API's page is served with its own scripts, not from elsewhere.
    "ninja",
    "huey.contrib.djhuey",
    *ROOMS,
    "bot.web",
]
MIDDLEWARE = [
    "bot.web.pages_only.Security",
    "bot.web.middleware.StaticFiles",
    "bot.web.middleware.Headers",
    "bot.web.middleware.CrossOrigin",
    "bot.web.pages_only.Sessions",
    "bot.web.pages_only.Languages",
    "bot.web.pages_only.Common",
    "bot.web.pages_only.Csrf",
    "bot.web.pages_only.Accounts",
    "bot.web.pages_only.Notices",
    "bot.web.pages_only.Frames",
    *(["bot.console.gate.Gate"] if "bot.console" in ROOMS else []),
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "bot.web.urls"
ASGI_APPLICATION = "bot.web.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bot.web.context.site",
            ]
        },
    }
]

# The folder must stand before SQLite opens a file in it.
HEZA.data_dir.mkdir(parents=True, exist_ok=True)
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(HEZA.database_url, conn_max_age=0)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 5,
        # A transaction that reads first and then writes would fail at once instead of waiting.
        "transaction_mode": "IMMEDIATE",
        # Deleted is overwritten: what was erased must not stay behind in free pages.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HUEY: dict[str, Any] = {
    "name": "heza",
    "immediate": False,
    "results": False,
    "utc": True,
    # One may be training a model for minutes while another answers and a third brings a model into service.
    "consumer": {"workers": 3, "worker_type": "thread", "check_worker_health": True},
    **(
        {"huey_class": "huey.RedisHuey", "url": HEZA.redis_url}
        if HEZA.redis_url
        else {"huey_class": "huey.SqliteHuey", "filename": str(HEZA.data_dir / "queue.sqlite3")}
    ),
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = reverse_lazy("admin:login")
if "bot.console" in ROOMS:
    # Behind a lock-out, whichever page asks for the password.
    AUTHENTICATION_BACKENDS = ["bot.console.lockout.Backend"]
# A one-time link to set a password.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A public host is reached by HTTPS only; a browser would not send such cookies to a bare loopback address.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not {*HEZA.allowed_hosts} <= {"127.0.0.1", "localhost", "[::1]"}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "heza_language"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
# Served from the packages themselves, so nothing has to be collected before the start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# A restored version must pass the schema and be published, so the history's own button is off.
SIMPLE_HISTORY_REVERT_DISABLED = True
# Files in and out of the admin are for who may change records; without these everybody who signs in has them.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "change"
# No cell of a file becomes a formula.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "HEZA",
    "SITE_HEADER": "HEZA",
    "SITE_URL": "/",
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": True,
    "SIDEBAR": {"show_search": False, "show_all_applications": True, "navigation": [menu()]},
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "bot.common.log_lines.PlainLines"},
        "json": {"()": "bot.common.log_lines.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": HEZA.log_format}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A line per request would be a line per poll.
    "loggers": {
        "httpx": {"level": "WARNING"},
        "huey": {"level": "WARNING"},
        # A refusal is an answer, not an event.
        "django.request": {"level": "ERROR"},
    },
}

RECORDS_ROOT = ROOT / "data" / "registry"
