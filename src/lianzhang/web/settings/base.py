"""What every installation shares. Importing it reads the environment and writes nothing."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from lianzhang.web.settings import environment

# Before anything reads pinyin: its phrases would take forty megabytes; `web.registry.pinyin` keeps those that tell.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
# Tables are read in short bursts; what they took goes back to the system at once, or a laptop would keep paying for it.
os.environ.setdefault("_RJEM_MALLOC_CONF", "background_thread:true,dirty_decay_ms:0,muzzy_decay_ms:0")

WEB = Path(__file__).resolve().parent.parent

LIANZHANG_HOME = environment.home()
#: Which city's data the installation shows.
LIANZHANG_PACK = os.environ.get("LIANZHANG_PACK") or "liaocheng"
#: Password and session rules: `mlps3` (GB/T 22239-2019 level 3) or `asvs` (OWASP ASVS 5.0).
AUTH_PROFILE = environment.choice("AUTH_PROFILE", ("mlps3", "asvs"))
#: Hash of new journal events; each event keeps the name of its own.
JOURNAL_HASH = environment.choice("LIANZHANG_JOURNAL_HASH", ("sha256", "sm3"))


def _secret_key() -> str:
    from django.conf import settings

    return environment.read_secret_key(Path(settings.LIANZHANG_HOME) / "secret.key")


SECRET_KEY = SimpleLazyObject(_secret_key)

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *environment.names("LIANZHANG_HOSTS")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "lianzhang.web.database",
    "lianzhang.web.people",
    "lianzhang.web.journal",
    "lianzhang.web.ui",
    "lianzhang.web.chains",
    "lianzhang.web.ledgers",
    "lianzhang.web.outages",
    "lianzhang.web.plans",
    "lianzhang.web.analyses",
    "lianzhang.web.bulletins",
    "lianzhang.web.facts",
    "lianzhang.web.mail",
    "lianzhang.web.flow",
    "lianzhang.web.cases",
    "lianzhang.web.problems",
    "lianzhang.web.meetings",
    "lianzhang.web.projects",
    "lianzhang.web.pairings",
    "lianzhang.web.visits",
    "lianzhang.web.charges",
    "lianzhang.web.desk",
    "lianzhang.web.matrix",
    "lianzhang.web.registry",
    "lianzhang.web.imports",
    "lianzhang.web.measures",
    "lianzhang.web.matches",
    "lianzhang.web.exemptions",
    "lianzhang.web.subscriptions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lianzhang.web.people.middleware.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "lianzhang.web.people.middleware.IdentityMiddleware",
    "lianzhang.web.people.middleware.FirstStepsMiddleware",
    "lianzhang.web.people.middleware.ErrorsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lianzhang.web.urls"
WSGI_APPLICATION = "lianzhang.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianzhang.web.people.context.identity",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": environment.database(os.environ.get("LIANZHANG_DATABASE", ""), folder=LIANZHANG_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sessions ------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["lianzhang.web.people.backend.NameAndPassword"]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "people:login"
PASSWORD_HASHERS = [
    "lianzhang.web.people.hashers.Argon2Small",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "lianzhang.web.people.passwords.MaximumLength"},
    {"NAME": "lianzhang.web.people.passwords.LocalWords"},
]
if AUTH_PROFILE == "mlps3":
    AUTH_PASSWORD_VALIDATORS += [
        {"NAME": "lianzhang.web.people.passwords.CharacterClasses"},
        {"NAME": "lianzhang.web.people.passwords.NotAmongLastFive"},
    ]
#: Days after which a password must be changed; None = never (ASVS 6.2.10 forbids periodic change).
PASSWORD_LIFETIME_DAYS = 90 if AUTH_PROFILE == "mlps3" else None
#: Whether a proxy of ours stands before the program; only then is the address it reports believed.
BEHIND_PROXY = environment.choice("LIANZHANG_BEHIND_PROXY", ("no", "yes")) == "yes"
#: Whether a new sign-in ends the person's other sessions.
ONE_SESSION_PER_PERSON = AUTH_PROFILE == "mlps3"

SESSION_ENGINE = "lianzhang.web.people.sessions"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "lianzhang-sid"
CSRF_COOKIE_NAME = "lianzhang-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lianzhang.web.people.pages.refusals.forged_or_stale_form"

# What the browser may do --------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

#: A pasted bulletin is a form field; a review form is long. Files are limited by the reading room.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640

# Mail ---------------------------------------------------------------------------------------------
#: Where mail goes: empty = none is sent, `console`, or `smtp://user:password@host:port` (`smtps://` for TLS from
#: the start; plain `smtp://` switches to TLS before it says a password).
LIANZHANG_MAIL = os.environ.get("LIANZHANG_MAIL", "")
globals().update(environment.mail(LIANZHANG_MAIL))
DEFAULT_FROM_EMAIL = os.environ.get("LIANZHANG_MAIL_FROM") or "lianzhang@localhost"
#: Where the site is, for links in mail; empty = no links.
LIANZHANG_SITE = (os.environ.get("LIANZHANG_SITE") or "").rstrip("/")

# Words and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
LANGUAGE_COOKIE_NAME = "lianzhang-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Files the browser loads --------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [WEB / "static"]
STATIC_ROOT = LIANZHANG_HOME / "static"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
