"""Production: everything about the place and everything secret comes from the environment, or start-up fails."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import DATABASES, QUIET, env

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY", min_length=50)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
SITE_ADDRESS = env.address("SITE_ADDRESS")
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
env.text("DATABASE_URL")
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.text("REDIS_URL")}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SERVE_MEDIA = False

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
if env.flag("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else every limit by network address would count the proxy's own
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OSCAR_BASKET_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole_number("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)

STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY", min_length=12)
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY")
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET", min_length=20)
STRIPE_API_ADDRESS = env.text("STRIPE_API_ADDRESS", "")
if STRIPE_API_ADDRESS and STRIPE_SECRET_KEY.startswith(("sk_live", "rk_live")):
    raise ImproperlyConfigured("STRIPE_API_ADDRESS names a stand-in beside a live key: unset one of the two")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": QUIET,
}
