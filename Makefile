# Two commands matter: `make demo` and `make test`. Everything else supports them.
PYTHON ?= python3
PORT ?= 8000
SETTINGS ?= marketplace.settings.dev
VENV := .venv
BIN := $(VENV)/bin
MESSAGES := $(wildcard marketplace/locale/*/LC_MESSAGES/django.po)

.PHONY: demo code test install lint format types words migrations deploy-check journeys axe bench orders money kills lighthouse screens backup restore locks
demo: install
	SITE_ADDRESS=http://127.0.0.1:$(PORT) DJANGO_SETTINGS_MODULE=marketplace.settings.dev \
		$(BIN)/python -W ignore manage.py run_demo --port $(PORT)

code: install
	@DJANGO_SETTINGS_MODULE=marketplace.settings.dev $(BIN)/python -W ignore manage.py demo_code

test: install
	$(BIN)/python -m pytest -n 2 $(ARGS)

install: $(VENV)/ready $(MESSAGES:.po=.mo)

$(VENV)/ready: requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	touch $@

%.mo: %.po $(VENV)/ready
	$(BIN)/pybabel -q compile -i $< -o $@
	touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: install
	$(BIN)/mypy

# Collects every string of the project and fails where one has no Spanish yet; needs gettext.
words: install
	DJANGO_SETTINGS_MODULE=marketplace.settings.test $(BIN)/python manage.py makemessages -l es --no-wrap \
		--add-location file --ignore ".venv/*" --ignore "tests/*" --ignore "var/*" -v0
	$(BIN)/python -m pytest -q tests/test_words.py

migrations: install
	DJANGO_SETTINGS_MODULE=marketplace.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

deploy-check: install
	env $$(cat docs/deploy/example.env | grep -v '^#' | xargs) DJANGO_SETTINGS_MODULE=marketplace.settings.production \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

journeys: install
	$(BIN)/python -m pytest -m journey $(ARGS)

# Every page of every role, the CMS and the admin by axe: both widths, both themes, both languages.
axe: install
	AXE=all $(BIN)/python -m pytest -n 2 tests/journeys/test_every_page.py tests/journeys/test_staff_tools.py

orders: install
	$(BIN)/python -W ignore -m tests.bench.paid_orders

SEQUENCES ?= 10000
money: install
	MONEY_SEQUENCES=$(SEQUENCES) $(BIN)/python -m pytest tests/fulfilment/test_money_machine.py --log-level=CRITICAL

KILLS ?= 200
kills: install
	KILLS=$(KILLS) $(BIN)/python -m pytest tests/fulfilment/test_kill.py

# Both look at the demo's shop, so `make demo` must have filled it once. Lighthouse needs Node and Chromium.
lighthouse: install
	$(BIN)/python -W ignore -m tests.bench.lighthouse

screens: install
	$(BIN)/python -W ignore -m tests.bench.screens

TO ?= var/backups
backup: install
	mkdir -p $(TO)
	DJANGO_SETTINGS_MODULE=$(SETTINGS) $(BIN)/python -W ignore manage.py backup $(TO)

restore: install
	DJANGO_SETTINGS_MODULE=$(SETTINGS) $(BIN)/python -W ignore manage.py restore $(FROM)

locks:
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url -o requirements-dev.lock

bench: install
	$(BIN)/python -W ignore -m tests.bench.load_register
	$(BIN)/python -W ignore -m tests.bench.badge_rate
	$(BIN)/python -W ignore -m tests.bench.queue_page
	$(BIN)/python -W ignore -m tests.bench.register_search
	$(BIN)/python -W ignore -m tests.bench.standin_rate
