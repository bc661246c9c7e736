"""Every setting, in headed blocks. What can be moved from outside is read through `environment`."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.environment import Environment, env

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment(BASE_DIR)

# --- Where we are -------------------------------------------------------------------------------------------
VERSION = "0.1.0"
EMBEDDED = environment.is_embedded
DEBUG = False
DATA_DIR = environment.data_dir
PORT = environment.whole_number("PORT", 8000)
HUB_PORT = environment.whole_number("HUB_PORT", 8001)
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = environment.allowed_hosts()
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
SECRET_KEY = environment.secret_key()
# Receipts that an earlier key signed stay genuine.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CREDENTIAL_KEYS = environment.credential_keys()
IDENTITY_KEY = environment.identity_key()

# --- Docker Hub ---------------------------------------------------------------------------------------------
# The only difference between the real Docker Hub and the local one.
HUB_URL = env.str(
    "HUB_URL", default=f"http://127.0.0.1:{HUB_PORT}" if EMBEDDED else "https://hub.docker.com"
).rstrip("/")
HUB_IS_LOCAL = "hub.docker.com" not in HUB_URL
REGISTRY_URL = env.str(
    "REGISTRY_URL", default=HUB_URL if HUB_IS_LOCAL else "https://registry-1.docker.io"
).rstrip("/")
# Pages that a person opens; the local Docker Hub shows its own.
HUB_PAGES_URL = env.str(
    "HUB_PAGES_URL", default=HUB_URL if HUB_IS_LOCAL else "https://app.docker.com"
).rstrip("/")
# Registries that are asked about images by name alone. Beside the local Docker Hub none: nothing leaves the machine.
OTHER_REGISTRIES = environment.other_registries("" if HUB_IS_LOCAL else "known")
# An upper limit of our own; 0 leaves it to what Docker Hub's answers tell.
HUB_CALLS_PER_MINUTE = environment.whole_number("HUB_CALLS_PER_MINUTE", 0)
# Who may read /metrics; "" for whoever asks from this machine itself.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- Applications -------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal",
    "hubsync",
    "classrooms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.private_pages.forbid_keeping",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "classrooms.sessions.end_idle_sessions",
    "classrooms.ways_in_kept.ask_for_own_proof",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
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
                "portal.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database -----------------------------------------------------------------------------------------------
# SQLite as measured for a web process and a worker that write at once: a transaction that takes its lock when
# it begins, write-ahead log, and never mmap (it makes a rare corruption of old versions worse).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
if EMBEDDED and not env.str("DATABASE_URL", default=""):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "aulahub.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            # Tests run on a file too. One in memory is shared by threads that lock whole tables, and a look at a
            # locked one fails at once instead of waiting.
            "TEST": {"NAME": DATA_DIR / "tests.sqlite3"},
        }
    }
else:
    environment.required(
        "DATABASE_URL", "production keeps its data in PostgreSQL: postgresql://user:password@host/name."
    )
    DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///aulahub")}
    if "postgresql" in str(DATABASES["default"]["ENGINE"]):
        # A new connection for each request is seven times slower than a pool. Where the server is gone, nobody
        # waits half a minute (the pool's default) to be told so.
        DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 10, "timeout": 5}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery and the cache -----------------------------------------------------------------------------------
# No broker in the embedded set-up: `manage.py worker` sweeps the same rows.
REDIS_URL = (
    env.str("REDIS_URL", default="")
    if EMBEDDED
    else environment.required("REDIS_URL", "Celery's broker and the cache.")
)
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False  # the row is the queue: a late acknowledgement would only add duplicates
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "hub"
# A run ends itself long before; this frees a worker whose run hangs all the same.
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 270
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "queue_order_strategy": "priority",  # of `-Q hub_now,hub`: clicks first
    }
    if REDIS_URL.startswith(("redis://", "rediss://", "redis+socket://"))
    else {}
)
CELERY_TASK_PUBLISH_RETRY = False  # the sweep rings for what a lost message did not
SWEEP_SECONDS = 10  # with the lease of 40 s: work of a dead worker is taken up again within a minute
KEEP_HOUSE_SECONDS = 3600
CELERY_BEAT_SCHEDULE = {
    "ring-for-what-is-due": {
        "task": "hubsync.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS, "queue": "hub_now"},
    },
    # Class lists that a lost message did not ring for, or whose worker died.
    "bring-in-lists": {
        "task": "classrooms.tasks.bring_in_lists",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS, "queue": "hub_now"},
    },
    # The row says whether a day has passed: a beat that was off for some hours does it when it is back.
    "keep-house": {
        "task": "classrooms.tasks.keep_house",
        "schedule": KEEP_HOUSE_SECONDS,
        "options": {"expires": KEEP_HOUSE_SECONDS, "queue": "hub"},
    },
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        # Of more than that a third is thrown away, whichever; with Django's 300 a room of students, or whoever wants it,
        # would throw away the counters of wrong passwords and codes. Each costs its part of a look at the folder.
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

# --- People -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "classrooms.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "classrooms.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "classrooms.forms.accounts.TeacherSignupForm",
    "login": "classrooms.forms.accounts.SigninForm",
    "add_email": "classrooms.forms.accounts.AddAddressForm",
    "change_email": "classrooms.forms.accounts.OtherAddressForm",
    "change_password": "classrooms.forms.accounts.OtherPasswordForm",
    "confirm_email_verification_code": "classrooms.forms.accounts.AddressCodeForm",
    "confirm_password_reset_code": "classrooms.forms.accounts.MailedCodeForm",
    "reauthenticate": "classrooms.forms.accounts.StillYouForm",
    "reset_password": "classrooms.forms.accounts.ForgottenPasswordForm",
    "reset_password_from_key": "classrooms.forms.accounts.ResetByCodeForm",
    "set_password": "classrooms.forms.accounts.FirstPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
# A new password is mailed to whatever address an account has: at a computer that a teacher left open for a minute the
# password is asked once more before one is added.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None  # asked when signing in: the computers of a classroom are shared
ACCOUNT_PREVENT_ENUMERATION = True
# A room of 35 students shares one address: limits are per account, never per address.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/300s/key,300/m/ip",
    "signup": "200/m/ip",
    "reset_password": "200/m/ip,5/m/key",
    "reset_password_from_key": "200/m/ip",
    "request_login_code": "200/m/ip,3/m/key",
}
SOCIALACCOUNT_ADAPTER = "classrooms.school_sign_in.SchoolSignInAdapter"
# A form that ends at another site is stopped by the content security policy, a link is not.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
# Anybody may make a school and name a server: the portal asks none in its own network unless who runs it says so.
SIGN_IN_SERVERS_MAY_BE_INSIDE = env.bool("SIGN_IN_SERVERS_MAY_BE_INSIDE", default=False)
MFA_ADAPTER = "classrooms.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
# A browser lets passkeys be used without HTTPS at "localhost" only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED and not BASE_URL.startswith("https://")
MFA_FORMS = {
    "add_webauthn": "classrooms.forms.second_factor.PasskeyForm",
    "activate_totp": "classrooms.forms.second_factor.AppCodeForm",
    "authenticate": "classrooms.forms.second_factor.SecondStepForm",
    "reauthenticate": "classrooms.forms.second_factor.StillYourAppForm",
    "edit_webauthn": "classrooms.forms.second_factor.PasskeyNameForm",
}
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- Mail ---------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Aulahub <aulahub@localhost>")
if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
elif EMBEDDED:
    # Nobody can send mail from a laptop: what would be sent is kept, and shown at /outbox/ to this machine only.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "outbox"
else:
    environment.required(
        "EMAIL_URL", "teachers confirm their address by e-mail: smtp+tls://user:password@host:587."
    )
SHOW_OUTBOX = EMBEDDED and not env.str("EMAIL_URL", default="")

# --- Languages and time -------------------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Madrid")

# --- Files --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(
    env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles" if not EMBEDDED else DATA_DIR / "static"))
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if EMBEDDED
    else {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = EMBEDDED
MEDIA_ROOT = DATA_DIR / "files"
# Class lists hold what must not be kept, so they never touch the disk; what is larger than one is not stored at all.
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "classrooms.uploads.SkipsLargeUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
# What a student may hand in as a file by `docker save`; it goes to DATA_DIR/hand-ins as a stream.
ARCHIVE_MOST_BYTES = environment.whole_number("ARCHIVE_MOST_MEGABYTES", 1024) * 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a class list's confirmation has some fields for each row

# --- Safety -------------------------------------------------------------------------------------------------
HTTPS = BASE_URL.startswith("https://")
if not EMBEDDED and not HTTPS:
    environment.troubles.append("BASE_URL must be the https:// address of this portal.")
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=not EMBEDDED)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Otherwise all the world has the proxy's address, and one person's wrong passwords stop everybody's sign-in.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Logging ------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"urllib3": {"level": "WARNING"}},
}

environment.refuse_troubles()
