"""One settings file. Every value that an operator may set is read here, once, with its type.

`docs/operating.md` lists each with its default; a test holds the two together.
"""

import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import embedded, openid_connect, redis_addresses

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_FOLDER: Path = env.path("PLACEWORK_DATA", BASE_DIR / ".data").resolve()

# --- Mode -----------------------------------------------------------------------------------
# "demonstration" signs anyone in as anyone, so it is never what a real server falls into:
# with a DATABASE_URL and nothing said, the mode is production.

DATABASE_URL: str = env.str("DATABASE_URL", "")
REDIS_URL: str = env.str("REDIS_URL", "") or embedded.redis_url(DATA_FOLDER)
EMBEDDED = not (DATABASE_URL and env.str("REDIS_URL", ""))  # what is not given comes from wheels
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
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production: its error pages show secrets.")


def _secret_key() -> str:
    """From the environment; outside production, one made on first use and kept in the data folder."""
    given: str = env.str("SECRET_KEY", "")
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured("Set SECRET_KEY to 50 or more random characters.")
    file = DATA_FOLDER / "secret_key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(50))
        file.chmod(0o600)
    return file.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
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
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
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
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", "") or redis_addresses.cache_url(REDIS_URL),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = redis_addresses.broker_url(REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5 if DEMONSTRATION else 30  # then jobs go back to the queue
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    # With the broker down a page must not wait: it writes its row, and the sweep sends it later.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # A sweep that no worker took before the next one is due is of no use any more.
    "sweep_jobs": {
        "task": "documents.tasks.sweep_jobs",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "sweep_mail": {"task": "accounts.tasks.sweep_mail", "schedule": 60},
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
}
ACCOUNT_FORMS = {
    "request_login_code": "accounts.forms.sign_in.RequestCode",
    "confirm_login_code": "accounts.forms.sign_in.ConfirmCode",
}
# How many proxies of ours stand before the web server and add to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXIES", 0)

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
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

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

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / ".static")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING  # tests need no collectstatic
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": {
            "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "demonstration": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        }[MODE],
    },
}
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # tests need no collected files
MEDIA_ROOT = DATA_FOLDER / "files"

# --- Mail -----------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Placework <placework@localhost>")
