"""One settings file. Every value that an operator may set is read here, once, with its type.

`docs/operating.md` lists each with its default; a test holds the two together.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import embedded, logs, openid_connect, redis_addresses

env = Env()

# numpy's threads only take turns with those of the other processes: its tables here are small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_FOLDER: Path = env.path("PLACEWORK_DATA", BASE_DIR / ".data").resolve()

# --- Mode -----------------------------------------------------------------------------------
# "demonstration" signs anyone in as anyone, so it is never what a real server falls into:
# with a DATABASE_URL and nothing said, the mode is production.

DATABASE_URL: str = env.str("DATABASE_URL", "")
REDIS_URL: str = env.str("REDIS_URL", "")
EMBEDDED = not (DATABASE_URL and REDIS_URL)  # what is not given comes from wheels
MODES = ("demonstration", "production", "test")
MODE: str = env.str("PLACEWORK_MODE", "production" if DATABASE_URL else "demonstration")
if MODE not in MODES:
    raise ImproperlyConfigured(f"PLACEWORK_MODE is {MODE!r}; it must be one of {', '.join(MODES)}.")
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demonstration"
TESTING = MODE == "test"
DEBUG: bool = env.bool("DEBUG", False)
if DEMONSTRATION and DATABASE_URL:
    raise ImproperlyConfigured(
        "A demonstration signs anyone in as anyone, so it does not open a database that may hold"
        " real people. Unset DATABASE_URL, or leave PLACEWORK_MODE out."
    )


def _in_production(holds: bool, otherwise: str) -> None:
    """Refuse to start a real server that is not set up, with a sentence that says what to do."""
    if PRODUCTION and not holds:
        raise ImproperlyConfigured(f"{otherwise} docs/operating.md lists every setting.")


_in_production(not DEBUG, "Unset DEBUG: in production its error pages would show secrets.")
_in_production(bool(DATABASE_URL), "Set DATABASE_URL to the address of a PostgreSQL server.")
_in_production(bool(REDIS_URL), "Set REDIS_URL to the address of a Redis server.")


def _secret_key() -> str:
    """From the environment; outside production, one made on first use and kept in the data folder."""
    given: str = env.str("SECRET_KEY", "")
    _in_production(
        len(given) >= 50 and len(set(given)) >= 10,
        "Set SECRET_KEY to 50 or more random characters, for example from: openssl rand -base64 48.",
    )
    if given:
        return given
    file = DATA_FOLDER / "secret_key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # before there is anything to read in it
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
_in_production(
    bool(ALLOWED_HOSTS) and "*" not in ALLOWED_HOSTS,
    "Set ALLOWED_HOSTS to the names under which people reach this server, such as"
    " placework.example.org.",
)
PORT: int = env.int("PORT", 8000)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# --- The house ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "accounts",
    "documents",
    "places",
    "programmes",
    "enablers",
    "evaluation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_structlog",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.uploads.limit_uploads",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ask_again",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Every page asks for sign-in unless its view says `login_not_required`.
    "accounts.middleware.SignInRequired",
    "accounts.middleware.SecondFactorRequired",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.mode",
            ],
            "libraries": {"navigation": "config.navigation"},
        },
    }
]
FORM_RENDERER = "accounts.forms.renderer.FormRenderer"

# --- Database, cache, broker ----------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": (
        env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
        if DATABASE_URL
        else embedded.database(DATA_FOLDER)
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
_redis = REDIS_URL or embedded.redis_url(DATA_FOLDER)
CACHE_URL: str = env.str("CACHE_URL", "") or redis_addresses.cache_url(_redis)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = redis_addresses.broker_url(_redis)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# A file that was made to be read for ever ends with its process; the sweep then counts an attempt.
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5 if DEMONSTRATION else 30  # then jobs go back to the queue
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # a process that grew is replaced
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    # With the broker down a page must not wait: it writes its row, and the sweep sends it later.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "socket_connect_timeout": 2,
    # A message whose worker was killed comes back after this many seconds; one that is delivered
    # again while its job still runs is recognised, and dropped, by the job's lock.
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep_uploads": {"task": "evaluation.tasks.sweep_uploads", "schedule": 3600},
    "sweep_signings": {"task": "programmes.tasks.sweep_signings", "schedule": 600},
    "tell_news_of_mous": {"task": "programmes.tasks.tell_news_of_mous", "schedule": 600},
    "see_to_the_unsealed": {"task": "programmes.tasks.see_to_the_unsealed", "schedule": 60},
    # A sweep that no worker took before the next one is due is of no use any more.
    "sweep_jobs": {
        "task": "documents.tasks.sweep_jobs",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "sweep_mail": {"task": "accounts.tasks.sweep_mail", "schedule": 60},
    "forget": {"task": "accounts.tasks.forget", "schedule": crontab(hour="3", minute="17")},
}

# --- People and sign-in ---------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# Staff, evaluators and operators reach only the set-up pages until they have a passkey or an app.
SECOND_FACTOR_REQUIRED = PRODUCTION

# By a code in an e-mail; nobody has a password, and nobody signs up: people are invited.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that signs in has verified it
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of new and removed passkeys and apps
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/10m/ip,5/10m/key",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "start_application": "30/10m/ip,5/10m/key",
    "write_to_others": "30/h/user",
    "check_document": "30/10m/ip",
    # By link, without an account. Many of an organisation may share one address.
    "follow_signing_link": "60/10m/ip",  # only those that lead nowhere
    "send_signing_code": "60/h/ip",
    "try_signing_code": "60/10m/ip",
}
ACCOUNT_FORMS = {
    "request_login_code": "accounts.forms.sign_in.RequestCode",
    "confirm_login_code": "accounts.forms.sign_in.ConfirmCode",
}

# Passkeys and authenticator apps.
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Placework"
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute off
MFA_FORMS = {
    "authenticate": "accounts.forms.sign_in.SecondFactor",
    "reauthenticate": "accounts.forms.sign_in.SecondFactorAgain",
    "activate_totp": "accounts.forms.sign_in.SetUpApp",
    "add_webauthn": "accounts.forms.sign_in.AddPasskey",
    "edit_webauthn": "accounts.forms.sign_in.RenamePasskey",
    "login_webauthn": "accounts.forms.sign_in.SignInByPasskey",
    "authenticate_webauthn": "accounts.forms.sign_in.SecondFactorByPasskey",
    "reauthenticate_webauthn": "accounts.forms.sign_in.SecondFactorByPasskeyAgain",
}

# OpenID Connect, for an organisation's own sign-in. It signs in whom we know, and creates nobody.
SOCIALACCOUNT_ADAPTER = "accounts.adapter.OpenIDConnectAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form could not follow to another origin under our CSP
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = openid_connect.provider(
    server_url=env.str("OIDC_SERVER_URL", ""),
    client_id=env.str("OIDC_CLIENT_ID", ""),
    client_secret=env.str("OIDC_CLIENT_SECRET", ""),
    name=env.str("OIDC_NAME", "your organisation"),
)

SESSION_COOKIE_AGE = 12 * 60 * 60  # a long working day
ACCOUNT_SESSION_REMEMBER = True  # until then, also when the browser is closed

# --- Transport and cookies ------------------------------------------------------------------

HTTPS: bool = env.bool("HTTPS", PRODUCTION)
_in_production(HTTPS, "Unset HTTPS: in production, pages and cookies travel over https alone.")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, where there is no https
SECURE_HSTS_SECONDS: int = env.int("HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# How many proxies of ours stand before the web server; only then can their headers be believed.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_NAME = "__Host-placework-session" if HTTPS else "placework-session"
CSRF_COOKIE_NAME = "__Host-placework-csrf" if HTTPS else "placework-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- Content security policy ----------------------------------------------------------------
# Without exceptions: nothing inline, nothing evaluated, nothing from another address.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "config.formats"

# --- Static and stored files ----------------------------------------------------------------


def _file_storage() -> dict[str, Any]:
    """Uploads and finished documents: in a bucket when one is named, else in the data folder."""
    bucket: str = env.str("FILES_BUCKET", "")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("FILES_ENDPOINT", "") or None,  # empty: Amazon's own
            "region_name": env.str("FILES_REGION", "") or None,
            "access_key": env.str("FILES_ACCESS_KEY", "") or None,  # empty: the machine's role
            "secret_key": env.str("FILES_SECRET_KEY", "") or None,
            "default_acl": None,
            "file_overwrite": False,
        },
    }


STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / ".static")
STORAGES: dict[str, dict[str, Any]] = {
    "default": _file_storage(),
    "staticfiles": {
        "BACKEND": {
            "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "demonstration": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        }[MODE],
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING  # tests need no collected files
MEDIA_ROOT = DATA_FOLDER / "files"
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Seals ----------------------------------------------------------------------------------
# The key that seals documents is never in the database. Only the worker needs to read it.

SEAL_KEYS: Path = env.path("SEAL_KEYS", DATA_FOLDER / "seal-keys")
SEAL_PKCS12: str = env.str("SEAL_PKCS12", "")
SEAL_PKCS12_PASSPHRASE_FILE: str = env.str("SEAL_PKCS12_PASSPHRASE_FILE", "")
SEAL_PKCS11_MODULE: str = env.str("SEAL_PKCS11_MODULE", "")
SEAL_PKCS11_TOKEN: str = env.str("SEAL_PKCS11_TOKEN", "")
SEAL_PKCS11_KEY_LABEL: str = env.str("SEAL_PKCS11_KEY_LABEL", "")
SEAL_PKCS11_PIN_FILE: str = env.str("SEAL_PKCS11_PIN_FILE", "")
SEAL_TIMESTAMP_URL: str = env.str("SEAL_TIMESTAMP_URL", "")

# --- Limits ---------------------------------------------------------------------------------

UPLOAD_LIMIT_MB: int = env.int("UPLOAD_LIMIT_MB", 50)  # of a whole request with its files
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a larger file waits on disk
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of what is typed; a long interview has 0.2 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Mail -----------------------------------------------------------------------------------

EMAIL_URL: str = env.str("EMAIL_URL", "")
_in_production(
    bool(EMAIL_URL),
    "Set EMAIL_URL to the address of a mail server, such as submission://user:password@mail.example.org.",
)
if EMAIL_URL:
    _mail = env.dj_email_url("EMAIL_URL")
    if "EMAIL_BACKEND" not in _mail:
        raise ImproperlyConfigured(
            "EMAIL_URL must begin with smtp://, submission:// or console://."
        )
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST = _mail["EMAIL_HOST"]
    EMAIL_PORT = _mail["EMAIL_PORT"] or 25
    EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
    EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
else:  # nobody is written to: each message becomes a file
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_FOLDER / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Placework <placework@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Logs -----------------------------------------------------------------------------------

LOG_LEVEL: str = env.str("LOG_LEVEL", "WARNING" if TESTING else "INFO")
LOGGING = logs.logging_settings(json=PRODUCTION, level=LOG_LEVEL)
logs.configure_structlog()
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# The proxy's log has addresses; here they would be what a client says of itself.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
