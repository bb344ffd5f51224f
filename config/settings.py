"""Every setting of the project; what differs between two installations is an environment variable."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import bootstrap_wrapper
from csp.constants import NONCE, NONE, SELF
from js_asset import Script

from config import editor, environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment.read_file(Path(environment.text("ENV_FILE", str(BASE_DIR / ".env"))))

# What the environment decides
DEMO = environment.flag("DEMO", default=False)  # demonstration accounts and data
DEBUG = environment.flag("DEBUG", default=False)  # a developer's error pages; never in an office
HTTPS = environment.flag("HTTPS", default=True)  # 0 for an office network over http
SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", [])
# The demonstration and a real office never share a folder unless somebody says so
DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / "var" if DEMO else BASE_DIR / "var" / "ward")
DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR))}/db.sqlite3")}
vars().update(environment.email("EMAIL_URL", "consolemail://"))
EMAIL_TIMEOUT = 10  # seconds; a page must not wait for a mail server that is away
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM", "bao-cao@localhost")

# Signatures: whom the office trusts, who stamps the time, where a signing tool answers, a device in this machine
_PEM = "cần tệp PEM có chứng thư / wants a PEM file with certificates"
TRUST_ANCHORS = environment.file_with("TRUST_ANCHORS", "BEGIN CERTIFICATE", _PEM)
TSA_URL = environment.address("TSA_URL")
SIGNING_HELPER = environment.address("SIGNING_HELPER", "wss://127.0.0.1:8987")
PKCS11_MODULE = environment.file_with(
    "PKCS11_MODULE", "ELF", "cần thư viện PKCS#11 (.so) / wants its library"
)

# Seconds before a report that another installation did not take is sent again; then twice as long each time
SENDING_PAUSE = environment.whole("SENDING_PAUSE", 30, least=1)

# The web server that `manage.py serve` starts
HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.whole("PORT", 8000, least=1)
WEB_WORKERS = environment.whole("WEB_WORKERS", 2, least=1)
WEB_THREADS = environment.whole("WEB_THREADS", 4, least=1)
# Proxies in front of this server, whose X-Forwarded-For is believed when sign-in attempts are counted
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "config",
    "campaigns",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "bs_icon_templates",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "campaigns.gate.OrganizationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "csp.context_processors.nonce",
                "campaigns.gate.navigation",
            ],
        },
    },
]
# The prose editor: our own start-up (no style elements, so the policy holds) and the mention of papers and figures
DJANGO_PROSE_EDITOR_PRESETS = {"drafting": [Script("js/editor.js", type="module")]}
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [], "extensions": {"DataRef": editor.data_ref, "ListMark": editor.list_mark}},
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Sign-in: by e-mail, accounts made by the office, attempts counted where every process sees them
AUTH_USER_MODEL = "campaigns.User"
AUTHENTICATION_BACKENDS = ["config.accounts.OfficeAuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.OfficeAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the office makes the accounts
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people who have no account
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Báo cáo phường: "
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}  # a ward shares one address; an account does not
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Báo cáo phường"
MFA_TOTP_TOLERANCE = 1  # periods of 30 s: office clocks drift
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_TRUST_ENABLED = True  # the second factor once in 30 days on an officer's own machine
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds; without "remember me" a sitting ends with the browser

# Counters of sign-in attempts live here: memory of one process would let the others forget them
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # identifiers and years must not be grouped; figures ask for it
FORMAT_MODULE_PATH = ["config.formats"]

# Static files come from packages and static/; uploads are private and never served by address
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", bootstrap_wrapper.get_bootstrap_dir())]
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = ""
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "woff2", "gz", "br"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MAX_UPLOAD = 20 * 1024 * 1024  # bytes of one file
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],  # the nonce is for the editor's import map
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF, SIGNING_HELPER],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"  # for browsers of before frame-ancestors, which otherwise decides
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
