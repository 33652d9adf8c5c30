"""The settings; what the rooms bring to each other, by name, stands in smu/wiring.py.

Every value that differs between places comes from the environment, secrets also from files. Nothing secret has a
default: outside `make run`, which makes its own, a missing value stops the start with its name.
"""

from __future__ import annotations

import hashlib
import logging
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from smu import production
from smu.environment import data_dir, load

BASE_DIR = Path(__file__).resolve().parent.parent

os.environ.update(load())
env = environ.FileAwareEnv()


def secret(name: str) -> str:
    """The value of `name`, or of the file that `name`_FILE names; refuses to start without it."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set {name} (or {name}_FILE), or start the demonstration with `make run`."
        )
    return str(value)


def at_most(name: str, most: int, unit: str = "seconds") -> int:
    """The environment's `name`, in `unit`: it may tighten the measure, and refuses to start with a looser one."""
    value = env.int(name, default=most)
    if not 0 < value <= most:
        raise ImproperlyConfigured(f"{name} is {value}: name a number of {unit} from 1 to {most}, or leave it out.")
    return int(value)


# The demonstration: fictional members, stand-ins for the platforms, sign-in with one click. Set by `make run` alone.
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
DEBUG = False

production.refuse_debug(os.environ.get("DEBUG", ""))

SECRET_KEY = secret("SECRET_KEY")
# Keys for stored secrets, `id:key` parted by commas, the newest first (ruling 33).
FIELD_KEYS = production.key_pairs(secret("FIELD_KEYS"))
if not DEMONSTRATION:
    production.refuse_weak_secret_key(SECRET_KEY)
    production.refuse_bad_field_keys(FIELD_KEYS)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEMONSTRATION else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the hosts this unit is served from.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Served without TLS, on this machine's own addresses only: the demonstration, and a unit that `make run` started.
PLAIN_HTTP = env.bool("PLAIN_HTTP", default=DEMONSTRATION)
if PLAIN_HTTP and not DEMONSTRATION:
    production.refuse_plain_http_beyond_this_machine(ALLOWED_HOSTS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "members",
    "accounts",
    "equipment",
    "content",
    "moderation",
    "unit",
    "smu",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "smu.middleware.AgencyOfTheRequest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.idleness.Idleness",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "members.factors.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smu.middleware.RequestLog",
    "smu.middleware.OneActPerRequest",
    "smu.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "smu.urls"
WSGI_APPLICATION = None
ASGI_APPLICATION = "smu.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smu.context.unit",
                "members.idleness.clock",
            ],
            "builtins": ["smu.templatetags.unit"],
        },
    }
]

# The app's role: it may not change facts (ruling 18). Migrations connect as DATABASE_OWNER_URL, see manage.py.
DATABASES: dict[str, Any] = {"default": env.db_url_config(secret("DATABASE_URL"))}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 0,
    "max_size": env.int("DATABASE_POOL", default=12),
    "timeout": 10,
}
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
# The role that grants name. The same as DATABASE_URL's user, unless the connection assumes it (the tests).
APP_ROLE = env.str("APP_ROLE", default="smu_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sessions and counters of tries live in the database, so that every page works with Redis down (ruling 25).
SESSION_ENGINE = "members.sessions"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "members_cache",
        # Beyond so many, entries are thrown out that still count tries: whoever fills it must not win tries by it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_IDLE_SECONDS = at_most("SESSION_IDLE_SECONDS", 30 * 60)  # without an act of a person (ruling 15)
SESSION_MAX_SECONDS = at_most("SESSION_MAX_SECONDS", 12 * 3600)  # from sign-in, whatever is done
FRESH_SECONDS = at_most("FRESH_SECONDS", 10 * 60)  # so long a second factor counts as fresh (members.freshness)
SESSION_COOKIE_AGE = SESSION_MAX_SECONDS
SESSION_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from a form
if not PLAIN_HTTP:  # `__Host-`: no other host of the department can set them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not PLAIN_HTTP)
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
# The address that a proxy in front adds last is a client's: of sessions, and of limits per address.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "members.backend.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.passwords.Length"},
    {"NAME": "members.passwords.Guessable"},
    {"NAME": "members.passwords.Breached"},
]
# The first hashes new passwords: it costs memory too, which those lack who guess with graphics cards.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# A file of breached passwords' SHA-1 digests, in order (docs/operations.md); without it zxcvbn's lists alone are asked.
BREACHED_PASSWORDS = env.str("BREACHED_PASSWORDS", default="")
if BREACHED_PASSWORDS and not Path(BREACHED_PASSWORDS).is_file():
    raise ImproperlyConfigured("BREACHED_PASSWORDS names no file: name the list of digests, or leave it out.")
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "members.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes the unit write to strangers
ACCOUNT_FORMS = {
    "login": "members.sign_in.SignInForm",
    "reset_password": "members.sign_in.ForgottenPasswordForm",
    "user_token": "members.sign_in.ResetLink",
}
# Django's, which counts the address in: a link dies with a change of it. allauth's keeps each address it meets as a row
# of its own, by which who has changed his would still be found.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {
    # Against one password tried for many names; tries for one name: members.lockout. A whole department may come from
    # one address, and with too few nobody there would get in while somebody guesses.
    "login_failed": "30/m/ip",
    "change_password": "10/10m/user",
    "reset_password": "20/m/ip,5/h/key",
    # Of the public: wrong references that somebody tries, and texts that somebody sends.
    "appeal_reference": "30/10m/ip",
    "appeal": "10/h/ip,60/h/key",  # by the key, a reference, only so far that one sender keeps no other from writing
    # Of the department: codes that somebody tries, and ideas that somebody sends.
    "idea_reference": "30/10m/ip",
    "idea": "60/h/ip",  # a whole department may come from one address
    # Of the public: codes of labels that somebody tries, and what somebody found.
    "label": "30/10m/ip",
    "found": "10/h/ip",
    "threat_link": "60/m/ip",  # the button behind an alert's link: a whole unit may come from one address
}
# The department's identity provider (OpenID Connect), where there is one. It says who somebody is, nothing else.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_NAME = env.str("OIDC_NAME", default="the department's sign-in") if OIDC_ISSUER else ""
# Members are known by the provider's id of them, which another provider may have given to somebody else.
OIDC_ID = hashlib.sha256(OIDC_ISSUER.encode()).hexdigest()[:16]
SOCIALACCOUNT_ADAPTER = "members.provider.Provider"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if OIDC_ISSUER:
    production.refuse_an_identity_provider_without_tls(OIDC_ISSUER)
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": OIDC_ID,
            "name": OIDC_NAME,
            "client_id": secret("OIDC_CLIENT_ID"),
            "secret": secret("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
        }
    ]
    # A form that leads to the provider's page is a form action there too.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(production.origin_of(OIDC_ISSUER))
MFA_ADAPTER = "members.factors.Adapter"
MFA_FORMS = {
    "authenticate": "members.codes.AuthenticateForm",
    "reauthenticate": "members.codes.ReauthenticateForm",
    "activate_totp": "members.codes.ActivateForm",
    "add_webauthn": "members.passkeys.AddForm",
    "login_webauthn": "members.passkeys.SignInForm",
    "authenticate_webauthn": "members.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "members.passkeys.ReauthenticateForm",
}
# Addresses are the Commander's to set, and nobody verifies one here. Otherwise any row that allauth keeps of an address
# bars its member from a second factor, and so from the unit.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Codes either side of the present one that are taken. A code is good once: the demonstration, where one person is
# everybody and comes and goes, would run out of three.
MFA_TOTP_TOLERANCE = 30 if DEMONSTRATION else 1
AXES_FAILURE_LIMIT = 5
LOCKOUT_MINUTES = 10
AXES_COOLOFF_TIME = timedelta(minutes=LOCKOUT_MINUTES)
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # tries are counted by the name alone, on purpose: docs/decisions/0009
AXES_LOCKOUT_PARAMETERS = ["username"]  # wherever the tries come from
AXES_USERNAME_CALLABLE = "members.lockout.counted_as"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else whoever goes on trying keeps the member out for ever
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "password", "code", "credential"]
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are on the trail
AXES_CLIENT_IP_CALLABLE = "members.devices.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "members/locked_out.html"

REDIS_URL = secret("REDIS_URL")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
# kombu looks for lost messages every interval × throttle seconds: both must be set (performance.md, B2).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,  # of a hint: with the broker down each would else hold its click for six seconds (tried)
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "ordinary"
CELERY_TASK_ROUTES = {"accounts.tasks.carry_out_urgent": {"queue": "urgent"}}
CELERY_TIMEZONE = "UTC"

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("AGENCY_TIME_ZONE", default="America/New_York")
USE_I18N = True
USE_TZ = True
AGENCY_NAME = env.str("AGENCY_NAME", default="Bayside Police Department" if DEMONSTRATION else "Police Department")
AGENCY_SHORT_NAME = env.str("AGENCY_SHORT_NAME", default="Bayside Police" if DEMONSTRATION else AGENCY_NAME)
# The city or county in whose name nothing is endorsed (S.O.P. 4, terms i); without it the agency's own name stands.
AGENCY_GOVERNMENT = env.str("AGENCY_GOVERNMENT", default="City of Bayside" if DEMONSTRATION else "")

# E-mail. In the demonstration none leaves the machine: each becomes a file that /demonstration/mail/ shows.
if DEMONSTRATION:
    EMAIL_BACKEND = "smu.demonstration.mail.Backend"
    DEFAULT_FROM_EMAIL = "smu@bayside.example"
else:
    globals().update(env.email_url_config(secret("EMAIL_URL")))
    DEFAULT_FROM_EMAIL = secret("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 10  # seconds
# What members may name as a way to reach them beside e-mail, by the words that an Apprise address begins with: services
# with one known host, or whose host proves itself by certificate. None that takes any address, file or command.
NOTIFICATION_SERVICES = env.list(
    "NOTIFICATION_SERVICES",
    default=[
        *("tgram", "slack", "workflows", "discord", "gchat", "wxteams", "zulip"),
        *("twilio", "vonage", "sns", "plivo", "sinch", "clicksend", "voipms", "whatsapp", "threema"),
        *("pover", "pbul", "prowl", "ntfys", "signl4", "pagerduty", "opsgenie"),
    ],
)
# Networks inside the agency that such a service may stand in (192.0.2.0/24); none unless said.
NOTIFICATION_INSIDE = env.list("NOTIFICATION_INSIDE", default=[])
# Where members reach the unit: links in mails begin with it.
UNIT_URL = env.str(
    "UNIT_URL",
    default=f"http://localhost:{env.str('PORT', default='8000')}"
    if DEMONSTRATION
    else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
)

STATIC_URL = "static/"
# Files of posts, by their digest; never served as such.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(data_dir() / "media"))
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "static-collected"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("tabler", BASE_DIR / "node_modules/@tabler/core/dist"),
    ("fullcalendar", BASE_DIR / "node_modules/fullcalendar"),
    ("jsqr", BASE_DIR / "node_modules/jsqr/dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
ICONS_DIR = BASE_DIR / "node_modules/@tabler/icons/icons"

# Platforms: in the demonstration these are the sandbox's addresses.
from smu.platforms import *  # noqa: E402, F403  (after the environment was filled up)

SANDBOX_URL = env.str("SANDBOX_URL", default="")
# The form that leads to a platform's sign-in is a form action there too.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += sorted(
    {production.origin_of(url) for url in (META_DIALOG_URL, X_AUTHORIZE_URL, GOOGLE_AUTHORIZE_URL)}  # noqa: F405
)
DEMONSTRATION_MEMBERS = data_dir() / "members.json"  # written by `manage.py demonstrate` alone

# The unit's own measures.
# A breach of the terms counts so long (ruling 3: 24 months, or less); the database knows the longest too.
STRIKES_LAPSE_AFTER = timedelta(days=at_most("STRIKES_LAPSE_DAYS", 730, "days"))
UNDO_SECONDS = env.int("UNDO_SECONDS", default=8)  # an outgoing reply waits so long for a change of mind
# Days for which a power or the command is handed over at most; the environment may tighten it, never loosen it.
LONGEST_DESIGNATION = min(env.int("LONGEST_DESIGNATION", default=366), 366)
THREAT_REPEAT_MINUTES = env.int("THREAT_REPEAT_MINUTES", default=3)  # an alert that nobody acknowledges, again after
THREAT_LINK_HOURS = min(env.int("THREAT_LINK_HOURS", default=12), 24)  # so long an alert's link acknowledges
CLAIM_MINUTES = env.int("CLAIM_MINUTES", default=5)  # a claimed comment returns to the queue after
# A comment in a language that some members read waits so long for them before it is offered to all (ruling 17).
LANGUAGE_MINUTES = env.int("LANGUAGE_MINUTES", default=10)
QUEUE_CUT_OFF_DAYS = env.int(
    "QUEUE_CUT_OFF_DAYS", default=7
)  # older than this at intake: archived, not queued (ruling 8)
BLIND_MINUTES = env.int("BLIND_MINUTES", default=15)  # an account not read for longer is blind: somebody is told
FILTER_REVIEW_DAYS = env.int("FILTER_REVIEW_DAYS", default=90)  # how often a filter on a platform is looked at again
TERMS_CHECK_DAYS = env.int("TERMS_CHECK_DAYS", default=90)  # how often it is seen to that an account shows the terms
# Addresses beside our own /terms/ under which the public finds the terms: a short link of the city's, say.
TERMS_LINKS = env.list("TERMS_LINKS", default=[])
TALLIES_KEPT_DAYS = env.int("TALLIES_KEPT_DAYS", default=400)  # hours of calls and failures older than this are deleted
# Within which a second member reviews a level 7 that was hidden; the environment may tighten it, never loosen it.
REVIEW_HOURS = min(env.int("REVIEW_HOURS", default=24), 24)
# What anybody may send is taken for a machine's, and asked for again, when it comes sooner after its page was made.
PUBLIC_FORM_SECONDS = 2
LARGEST_BODY = 20_000_000  # bytes; a longer answer is set aside unread (ruling 19)
# Bytes of a request, by the beginning of its path: the longest is a video that is added by the form without a script.
LONGEST_REQUESTS = (
    ("/webhooks/", LARGEST_BODY),
    ("/appeal/", 200_000),
    ("/content/media/add/", 520_000_000),
    ("/", 50_000_000),
)
HEADS_DIR = env.path("HEADS_DIR", default=str(BASE_DIR / ".data/heads"))  # where the seals' heads are kept (ruling 20)
# An authority that stamps each day's heads (RFC 3161), and the certificates to check its stamps by, as a file of PEM.
TIMESTAMP_URL = env.str("TIMESTAMP_URL", default="")
TIMESTAMP_CERTIFICATES = env.str("TIMESTAMP_CERTIFICATES", default="")
if TIMESTAMP_URL:
    production.refuse_time_stamps_without_means(TIMESTAMP_URL, TIMESTAMP_CERTIFICATES)

# One line a request, when it ends: what it was, what came of it, whose it was.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

from smu.logs import LOGGING  # noqa: E402,F401
from smu.wiring import *  # noqa: E402,F403
