# One image for web, worker and clock; the command chooses. See docs/deploy/README.md.
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=marketplace.settings.production
WORKDIR /srv/shop
# pg_dump and pg_restore for `manage.py backup` and `restore`; they must not be older than the server.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
COPY requirements.lock .
RUN python -m pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY . .
RUN pybabel compile -d marketplace/locale -D django \
 && env $(grep -v '^#' docs/deploy/example.env | xargs) python manage.py collectstatic --no-input \
 && useradd --system shop && mkdir -p media var/evidence && chown -R shop media var
USER shop
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "marketplace.wsgi:application"]
