"""What every environment shares. Nothing secret and nothing about a machine stands here."""

from pathlib import Path

import oscar
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import env
from .oscar import *
from .oscar import OSCAR_APPS
from .wagtail import *
from .wagtail import WAGTAIL_APPS

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "marketplace.core",
    "marketplace.pictures",
    "marketplace.users",
    "makers",
    "makers.stories",
    "makers.studio",
    "makers.training",
    "certification",
    "certification.badge",
    "certification.review",
    "certification.register",
    "certification.credentials",
    "marketplace.payments",
    "marketplace.tax",
    "marketplace.terms",
    "marketplace.duties",
    "marketplace.aftersale",
    "marketplace.backup",
    "marketplace.feeds",
    "marketplace.wishes",
    "marketplace.privacy",
    "marketplace.insights",
    "marketplace.books",
    "marketplace.shopdesk",
    "marketplace.imports",
    *WAGTAIL_APPS,
    "marketplace.users.admin_site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.forms",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *OSCAR_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "marketplace.core.headers.HeadersMiddleware",
    "certification.mark.middleware.BadgeMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # lengthens answers at random, so that their size tells nothing
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.users.middleware.StaffSecondFactorMiddleware",
    "marketplace.users.middleware.StaffToolsMiddleware",
    "catalog.basket.middleware.BagMiddleware",
    "marketplace.core.access.StrangersGet404Middleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
SITE_ID = 1

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.core.context.site",
                "catalog.basket.context.bag",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES = {
    "shipping": "oscar.apps.shipping.migrations",
    "basket": "oscar.apps.basket.migrations",
}

# Accounts: allauth's pages are the one door.
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "marketplace.users.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "marketplace.users.forms.NameForm"
ACCOUNT_FORMS = {
    "login": "marketplace.users.entrance.LoginForm",
    "signup": "marketplace.users.entrance.SignupForm",
    "reset_password": "marketplace.users.entrance.ResetPasswordForm",
    "reset_password_from_key": "marketplace.users.entrance.ResetPasswordKeyForm",
    "change_password": "marketplace.users.entrance.ChangePasswordForm",
    "add_email": "marketplace.users.entrance.AddEmailForm",
    "request_login_code": "marketplace.users.entrance.RequestLoginCodeForm",
    "confirm_login_code": "marketplace.users.entrance.ConfirmLoginCodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # letters may take minutes
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
MFA_ADAPTER = "marketplace.users.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "marketplace.users.entrance.AuthenticateForm",
    "reauthenticate": "marketplace.users.entrance.ReauthenticateForm",
    "login_webauthn": "marketplace.users.entrance.SignInPasskeyForm",
    "authenticate_webauthn": "marketplace.users.entrance.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "marketplace.users.entrance.ReauthenticatePasskeyForm",
    "add_webauthn": "marketplace.users.entrance.AddPasskeyForm",
    "edit_webauthn": "marketplace.users.entrance.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # then a passkey is two factors: the device, and finger, face or PIN
MFA_TOTP_ISSUER = "LA Original"

# Two languages from the first line.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale", Path(oscar.__file__).parent / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["marketplace.formats"]
USE_TZ = True
TIME_ZONE = "America/Los_Angeles"

# Files. Evidence lies apart from what the web server may show.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "marketplace" / "static"]
STATICFILES_FINDERS = [
    "marketplace.core.stylesheets.StyleSheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STYLESHEETS_ROOT = BASE_DIR / "var" / "styles"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", BASE_DIR / "media")
EVIDENCE_ROOT = env.folder("EVIDENCE_ROOT", BASE_DIR / "var" / "evidence")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o644

# Background work: a task only wakes the worker, the work itself lies in outbox rows.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "LA Original <hello@laoriginal.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SITE_ADDRESS = env.address("SITE_ADDRESS", "http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
STAFF_EMAIL = env.text("STAFF_EMAIL", "desk@laoriginal.example")
REPORT_PHONE = env.text("REPORT_PHONE", "213-555-0142")  # where a person takes reports of listings

# Who is who on the mark, letters and receipts (certification mark law: owner and operator are apart).
MARK_OWNER = env.text("MARK_OWNER", "Mayor's Fund for Los Angeles (demo)")
SHOP_OPERATOR = env.text("SHOP_OPERATOR", "LA Original Marketplace, Inc. (demo)")

# Signed credentials. Without a key there are none; retired keys stay published so that old ones still verify.
CREDENTIAL_KEY = env.key("CREDENTIAL_KEY")
CREDENTIAL_RETIRED_KEYS = env.keys("CREDENTIAL_RETIRED_KEYS")
CREDENTIAL_KEY_FILE = None

# Money.
STRIPE_API_ADDRESS = env.text("STRIPE_API_ADDRESS", "")
STRIPE_JS_ADDRESS = env.text("STRIPE_JS_ADDRESS", "https://js.stripe.com/v3/")
PAYMENT_HOLD_MINUTES = env.whole_number("PAYMENT_HOLD_MINUTES", 30, least=5)
PAYOUT_DELAY_DAYS = env.whole_number("PAYOUT_DELAY_DAYS", 3)
TAX_PROVIDER = env.text("TAX_PROVIDER", "table")  # or "stripe": Stripe Tax
PLATFORM_FEE_BASIS_POINTS = env.whole_number("PLATFORM_FEE_BASIS_POINTS", 1000)

# Headers. Public pages carry no nonce (it would break shared caching): scripts come from files only.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SITE_DESCRIPTION = _("Goods designed, assembled or manufactured in Los Angeles, and checked.")

SILENCED_SYSTEM_CHECKS = ["fields.W342"]  # Oscar's one-to-one foreign keys

OUTBOX_HANDLERS = {
    "certification.letter": "certification.letters.deliver",
    "payments.look": "marketplace.fulfilment.look_at_intent",
    "payments.refund": "marketplace.fulfilment.refund_attempt",
    "payments.refund_part": "marketplace.fulfilment.send_refund",
    "payments.look_refund": "marketplace.fulfilment.look_at_refund",
    "payments.look_dispute": "marketplace.fulfilment.look_at_dispute",
    "payments.look_account": "marketplace.payments.onboarding.look_at_account",
    "payments.tell_account": "marketplace.mail.account_asks",
    "payments.tell_payout": "marketplace.mail.payout_came_back",
    "payments.settle_part": "marketplace.fulfilment.settle_part",
    "payments.compare": "marketplace.fulfilment.compare",
    "payments.tell_trouble": "marketplace.mail.money_trouble",
    "orders.tell_part_refunded": "marketplace.mail.part_refunded",
    "payments.tell_difference": "marketplace.mail.books_differ",
    "payments.tell_staff": "marketplace.mail.payment_for_people",
    "orders.tell_refunded": "marketplace.mail.order_refunded",
    "orders.tell_shopper": "marketplace.mail.order_confirmed",
    "orders.tell_maker": "marketplace.mail.order_for_maker",
    "orders.tell_shipped": "marketplace.mail.parcel_shipped",
    "orders.tell_delay": "marketplace.mail.delay_told",
    "orders.tell_maker_late": "marketplace.mail.late_canceled",
    "aftersale.tell_canceled": "marketplace.mail.pieces_canceled",
    "aftersale.tell_message": "marketplace.mail.message_written",
    "aftersale.tell_report": "marketplace.mail.message_reported",
    "aftersale.tell_false_claim": "marketplace.mail.claim_was_false",
    "aftersale.tell_review": "marketplace.mail.review_written",
    "aftersale.tell_review_report": "marketplace.mail.review_reported",
    "aftersale.tell_return": "marketplace.mail.return_moved",
    "search.refresh": "catalog.search.listing.refresh",
    "pictures.make": "catalog.search.pictures.make_picture",
    "pictures.draw_piece": "catalog.search.pictures.draw_piece",
    "pictures.draw_story": "makers.stories.share_pictures.draw_story",
    "pictures.drop": "marketplace.pictures.services.drop",
    "makers.hand_over": "makers.letters.deliver_hand_over",
    "tax.commit": "marketplace.tax.committing.commit",
    "tax.reverse": "marketplace.tax.committing.reverse",
    "duties.letter": "marketplace.duties.letters.deliver",
    "duties.report_letter": "marketplace.duties.letters.deliver_report",
    "search.tell": "marketplace.mail.search_found",
    "wishes.back": "marketplace.mail.back_in_stock",
    "privacy.forget_cards": "marketplace.privacy.closing.forget_cards",
    "help.question": "marketplace.mail.question_asked",
    "training.letter": "makers.training.letters.deliver",
    "training.tell_maker": "makers.training.letters.deliver_to_maker",
    "imports.piece": "marketplace.imports.applying.apply_piece",
    "imports.picture": "marketplace.imports.pictures.fetch_picture",
}
PERIODIC_JOBS = {
    "marketplace.fulfilment.sweep": 60,
    "marketplace.fulfilment.release": 3600,
    "marketplace.fulfilment.lateness.watch_promises": 3600,
    "marketplace.fulfilment.reconcile": 3600,
    "marketplace.books.balance.gather": 3600,
    "marketplace.duties.watching.watch_sales": 3600,
    "marketplace.duties.watching.keep_days": 3600,
    "marketplace.duties.reports.forget_reporters": 86_400,
    "marketplace.core.tasks.forget_wake_ups": 86_400,
    "catalog.search.saved.tell_of_new": 86_400,
    "marketplace.wishes.services.tell_who_waits": 600,
    "certification.services.expiry.send_notices": 3600,
    "certification.services.complaints.forget_reporters": 86400,
    "makers.studio.selfcheck.forget_unused": 86_400,
    "makers.stories.services.publish_due": 60,
    "makers.training.services.places.close_past_places": 3600,
    "makers.training.services.applicants.erase_due": 86_400,
    "marketplace.imports.services.forget_files": 86_400,
    "marketplace.privacy.closing.erase_due": 86_400,
    "marketplace.help.questions.forget_old": 86_400,
    "marketplace.insights.counting.flush": 300,
}

# Libraries that write whole requests and answers at finer levels: names, addresses, what opens a payment.
QUIET = {name: {"level": "WARNING"} for name in ("stripe", "urllib3", "granian.access")}
