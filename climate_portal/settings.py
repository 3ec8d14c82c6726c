"""All settings, in one file. Every deployment difference is an environment variable (docs/drift.md)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from climate_portal import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_folder()

DEBUG = env.flag("DEBUG")
DEMO = env.flag("PORTAL_DEMO")
SITE_ORIGIN = env.origin("SITE_ORIGIN", "http://127.0.0.1:8000")
HTTPS = SITE_ORIGIN.startswith("https://")

SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    if env.text("DATABASE_URL") and not env.flag("PORTAL_EMBEDDED"):
        raise ImproperlyConfigured("SECRET_KEY mangler. Sett den til en lang, tilfeldig tekst.")
    # No sessions outlive a command that runs without a database of its own.
    SECRET_KEY = "only-for-commands-without-sessions"  # noqa: S105

# Earlier keys, while what was signed and encrypted with them is still about.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

DATABASES = {"default": env.database(env.database_variable())}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DATABASES["default"].setdefault("DISABLE_SERVER_SIDE_CURSORS", True)
if (
    DEBUG
    and env.text("DATABASE_URL")
    and not env.flag("PORTAL_EMBEDDED")
    and not env.flag("PORTAL_ALLOW_DEBUG_DATABASE")
):
    raise ImproperlyConfigured(
        "DEBUG er på sammen med en database portalen ikke selv har startet. Slå av DEBUG, "
        "eller sett PORTAL_ALLOW_DEBUG_DATABASE=1 hvis du mener det."
    )

# --- The municipality: its names are data, given on the page «Navn» ----------------------------
ACCESSIBILITY_STATEMENT_URL = env.text("TILGJENGELIGHETSERKLAERING_URL")
SUPPORT_EMAIL = env.text("PORTAL_SUPPORT_EMAIL", "klima@kommune.example")

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "climate_portal",
    "leadership",
    "klimalaget",
    "publishing",
    "reporting",
    "budget",
    "strategy",
    "emissions",
    "organisation",
    "web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Identities that come from elsewhere; no provider is installed yet (docs/adr/0060).
    "allauth.socialaccount",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.names.NamesMiddleware",
    "web.sheets.request_limit.UploadLimitMiddleware",
    "web.readable_request.ReadableRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.readable_request.ReadableAddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "web.told.ToldMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "web.history.HistoryMiddleware",
    "web.access.AccessMiddleware",
]

ROOT_URLCONF = "climate_portal.urls"
ROUTE_TABLE = "climate_portal.urls.ROUTES"
PERMISSION_CHECK = "organisation.rules.has_permission"
# Whoever has it sees also what the municipality has switched off.
SWITCH_PERMISSION = "manage_organisation"
USER_SUBTITLE = "organisation.queries.people.user_subtitle"
NAMES = "organisation.queries.names.read_names"
MAIL_ADDRESS = "organisation.queries.people.mail_address"
MAIL_OUTCOME = "organisation.actions.addresses.note_outcome"
MAIL_LINK = "organisation.queries.links.link_of_mail"
WSGI_APPLICATION = "climate_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOADERS: list[object] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "web.templatetags.portal",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.page_frame.page_frame",
            ],
        },
    }
]
FORM_RENDERER = "web.forms.PortalFormRenderer"

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# Off, or every year and id in a template becomes «2 027»; figures go through the `number` filter.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.flag("PORTAL_STATIC_MANIFEST")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.flag("PORTAL_STATIC_MANIFEST")

# --- Login ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# One rule for all, with two steps and without: who turns them off has a password that stands alone
# (docs/adr/0060). No signs are demanded, and no password gets old.
PASSWORD_AT_LEAST = 15
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_AT_LEAST},
    },
    {"NAME": "organisation.forms.password_rules.NotEasilyGuessed"},
]
# Authenticator apps and recovery codes only: keys and passkeys would bring a library of their own.
MFA_ADAPTER = "organisation.forms.two_steps.TwoStepsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
# Who must set up two steps, and has not, comes to this route before any other.
GATE = "organisation.queries.two_steps.must_set_up"
GATE_ROUTE = "account_two_steps"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "organisation.forms.login.PortalAccountAdapter"
ACCOUNT_FORMS = {"login": "organisation.forms.login.PortalLoginForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Failures per account and logins per address, both counted in the cache shared by all processes.
LOGIN_FAILURES_PER_ACCOUNT = env.text("PORTAL_LOGIN_FAILURES", "5/10m/key")
LOGINS_PER_ADDRESS = env.text("PORTAL_LOGINS_PER_ADDRESS", "600/m/ip" if DEMO else "30/m/ip")
ACCOUNT_RATE_LIMITS = {
    "login": LOGINS_PER_ADDRESS,
    "login_failed": LOGIN_FAILURES_PER_ACCOUNT,
    # Links by mail: so many asked for from one place, and sent to one address.
    # Codes of the second step, and the present password where it is asked for.
    "code": "5/10m/key",
    "link": "20/m/ip",
    "link_to": "3/h/key",
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # The default of 300 would let somebody push the login counters out by filling the cache.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Browser security -------------------------------------------------------------------------
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_FAILURE_VIEW = "web.error_pages.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS and env.flag("PORTAL_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# The proxies in front, whose word is taken for where a request comes from.
TRUSTED_PROXIES = env.networks("PORTAL_TRUSTED_PROXIES")
# Only where a proxy in front strips the header from what clients send.
if env.flag("PORTAL_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
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
        "object-src": [NONE],
    }
}

# --- Uploads and forms ------------------------------------------------------------------------
# A group of 60 lines × 8 years × 3 kinds of cost, value and version each, saved without JavaScript.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
REGISTER_UPLOAD_MAX_BYTES = 5 * 1024 * 1024
# Routes that take larger files, from those who may enter them: national statistics, read by the worker.
LARGE_UPLOAD_MAX_BYTES = {"emissions:import": 60 * 1024 * 1024}
# What comes with a file in a form. What is larger is refused before it is parsed.
UPLOAD_FORM_BYTES = 1024 * 1024

# --- History and jobs -------------------------------------------------------------------------
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
PROCRASTINATE_ON_APP_READY = "web.job_runs.own_runs"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- Mail -------------------------------------------------------------------------------------
EMAIL_HOST = env.text("PORTAL_SMTP_HOST")
EMAIL_PORT = env.whole_number("PORTAL_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("PORTAL_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("PORTAL_SMTP_PASSWORD")
_SMTP_SECURITY = env.one_of("PORTAL_SMTP_SECURITY", ("starttls", "tls", "none"))
EMAIL_USE_TLS = _SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = _SMTP_SECURITY == "tls"
# A server that takes longer counts as down; the mail waits, and so does nobody.
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = DATA_DIR / "mail"
# Files where there is no server, and always in the demo: its people do not exist.
SENDS_MAIL = bool(EMAIL_HOST) and not DEMO
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if SENDS_MAIL else "web.mail_folder.FolderBackend"
)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", SUPPORT_EMAIL)

# A line of the login log, and a mail in the outbox that is sent, stay so long; only then does the database
# let them be deleted. Changed with `manage.py migrate`: the database must know it, or whoever deletes could
# say another number.
LOGIN_LOG_KEPT_DAYS = env.whole_number("PORTAL_LOGIN_LOG_KEPT_DAYS", 365)
SENT_MAIL_KEPT_DAYS = env.whole_number("PORTAL_SENT_MAIL_KEPT_DAYS", 730)
# So long after her last role ended, a person's name gives way to what she was.
PERSON_KEPT_DAYS = env.whole_number("PORTAL_PERSON_KEPT_DAYS", 365)
# Who answers for privacy in the municipality; where it is empty, people are led to SUPPORT_EMAIL.
PRIVACY_EMAIL = env.text("PORTAL_PRIVACY_EMAIL")

# --- Logging ----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_secrets": {"()": "web.secret_paths.HidesSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_secrets"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
