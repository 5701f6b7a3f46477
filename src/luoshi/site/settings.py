"""Settings: production by default; everything an installation chooses stands in its luoshi.toml."""

from __future__ import annotations

import secrets
from typing import Any

from luoshi.cli.home import LOG_FILE, configuration, home

LUOSHI_HOME = str(home())
_CONFIGURATION = configuration(home())
_SERVER: dict[str, Any] = _CONFIGURATION.get("server", {})

# Without an initialised home (``luoshi read``) nothing is signed; a key that dies with the process is enough.
SECRET_KEY = _CONFIGURATION.get("secret_key") or secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = _SERVER.get("hosts", ["127.0.0.1", "localhost"])
LUOSHI_PACKS = _CONFIGURATION.get("packs", ["national"])
LUOSHI_TODAY = _CONFIGURATION.get("demo", {}).get("today")
LUOSHI_COUNTY: dict[str, str] = _CONFIGURATION.get("county", {"name": "", "code": "", "short_name": ""})
LUOSHI_MESSAGES: dict[str, dict[str, Any]] = {
    name: _CONFIGURATION.get(name, {}) for name in ("messages", "email", "dingtalk", "wecom")
}
_PEOPLE: dict[str, Any] = _CONFIGURATION.get("people", {})
LUOSHI_SECOND_FACTOR: list[str] = list(_PEOPLE.get("second_factor", []))
"""The roles that sign in with a second factor; others may."""
LUOSHI_OPENID: dict[str, str] = _CONFIGURATION.get("openid", {})
"""The identity provider by way of which people may sign in; empty for none."""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "luoshi.store",
    "luoshi.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.web.english.middleware.EnglishMiddleware",
    "luoshi.web.middleware.PageMiddleware",
]
ROOT_URLCONF = "luoshi.site.urls"
WSGI_APPLICATION = "luoshi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "luoshi.web.environment.environment",
            "context_processors": ["luoshi.web.environment.page"],
        },
    },
]


def _database(url: dict[str, Any]) -> dict[str, Any]:
    if url.get("engine", "sqlite") == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url["name"],
            "USER": url.get("user", ""),
            "PASSWORD": url.get("password", ""),
            "HOST": url.get("host", ""),
            "PORT": str(url.get("port", "")),
            "CONN_MAX_AGE": None,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url.get("name", str(home() / "luoshi.sqlite3")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Deferred transactions fail with "database is locked" when two writers meet; a lost page
            # after a power cut is not acceptable for a ledger, hence FULL. What is erased is written over.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; PRAGMA secure_delete=ON;",
        },
    }


DATABASES = {"default": _database(_CONFIGURATION.get("database", {}))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "overview"
SESSION_COOKIE_AGE = 60 * int(_PEOPLE.get("idle_minutes", 30))
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = bool(_SERVER.get("https", False))
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_FAILURE_VIEW = "luoshi.web.views.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = _SERVER.get("origins", [])
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = str(home() / "static")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        # Bugs are found again by their number; lines are appended whole, so processes may share the file.
        "file": {
            "class": "logging.FileHandler" if _CONFIGURATION else "logging.NullHandler",
            "level": "ERROR",
            **(
                {"filename": str(home() / LOG_FILE), "encoding": "utf-8", "delay": True, "formatter": "line"}
                if _CONFIGURATION
                else {}
            ),
        },
    },
    "root": {"handlers": ["console", "file"], "level": "WARNING"},
    # A page one may not see, or that is not there, is shown as such; it is no fault to be looked into.
    "loggers": {"django.request": {"level": "ERROR"}},
}
