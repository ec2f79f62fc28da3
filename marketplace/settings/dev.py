"""A laptop and the demo: SQLite, mail to files, Stripe's stand-in on this machine."""

from .base import *
from .base import BASE_DIR, INSTALLED_APPS, QUIET, env

INSTALLED_APPS = [*INSTALLED_APPS, "marketplace.demo"]
DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "only-for-development-and-demo-never-in-production-0123456789")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SERVE_MEDIA = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
CREDENTIAL_KEY_FILE = BASE_DIR / "var" / "credential.key"  # made when it is first needed
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"

STRIPE_API_ADDRESS = env.text("STRIPE_API_ADDRESS", "http://127.0.0.1:12111")
STRIPE_JS_ADDRESS = env.text("STRIPE_JS_ADDRESS", "http://127.0.0.1:12111/stripe.js")
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "sk_test_standin")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY", "pk_test_standin")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET", "whsec_standin_for_development_only")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": QUIET | {name: {"level": "WARNING"} for name in ("django_tasks", "django_tasks_db")},
}
