"""Django's settings for the desk: secure by default, nothing from outside, one file of accounts.

Two variables come from whoever starts the process (`truceline.web.starting`):

TRUCELINE_CENTRE  the centre's folder; without it nothing can be served.
TRUCELINE_HOSTS   host names, separated by commas, under which a proxy that speaks TLS reaches the
                  desk; without it only this machine can.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from truceline.values.texts import LANGUAGES as CODES
from truceline.web.starting import CENTRE_VARIABLE, HOSTS_VARIABLE, PEOPLE, secret_key

_HERE = Path(__file__).parent
_NAMES = {"en": "English", "uk": "Українська", "ru": "Русский"}

CENTRE_FOLDER = Path(os.environ[CENTRE_VARIABLE]) if CENTRE_VARIABLE in os.environ else None
OUTSIDE_HOSTS = [name for name in os.environ.get(HOSTS_VARIABLE, "").split(",") if name]
BEHIND_TLS = bool(OUTSIDE_HOSTS)

DEBUG = False
SECRET_KEY = secret_key(CENTRE_FOLDER)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *OUTSIDE_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in OUTSIDE_HOSTS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "truceline.web",
    "truceline.web.people",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "truceline.web.files.WholeFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "truceline.web.opening.OpenDesk",
]
ROOT_URLCONF = "truceline.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "truceline.web.standing.standing",
            ],
            "builtins": ["django.templatetags.i18n", "truceline.web.templatetags.reading"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(CENTRE_FOLDER / PEOPLE) if CENTRE_FOLDER else ":memory:",
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "start"

SESSION_COOKIE_AGE = 12 * 3600  # one watch
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "truceline-session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "truceline-csrf"
CSRF_FAILURE_VIEW = "truceline.web.failing.csrf_failed"
LANGUAGE_COOKIE_NAME = "truceline-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 86_400
# On loopback there is no TLS to insist on; under any other name there is.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

USE_TZ = True
TIME_ZONE = "UTC"  # pages write every time in the centre's zone, by name
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [(code, _NAMES[code]) for code in CODES]
LOCALE_PATHS = [_HERE / "locale"]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "truceline": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
