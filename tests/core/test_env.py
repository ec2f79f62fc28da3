"""A missing or malformed variable stops the start and names itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from certification.credentials.checks import key_is_set
from certification.credentials.keys import base64url
from marketplace.settings import env

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.text("THING"), ""),
        (lambda: env.text("THING"), "   "),
        (lambda: env.secret("THING"), "short"),
        (lambda: env.flag("THING", False), "maybe"),
        (lambda: env.whole_number("THING", 1, least=1), "0"),
        (lambda: env.whole_number("THING", 1), "1.5"),
        (lambda: env.address("THING"), "shop.example.org"),
        (lambda: env.address("THING"), "javascript:alert(1)"),
        (lambda: env.key("THING"), "c2hvcnQ"),
        (lambda: env.key("THING"), "=" * 43),
        (lambda: env.key("THING"), "é" * 43),
        (lambda: env.keys("THING"), f"{'A' * 43},x"),
        (lambda: env.database("THING", "sqlite:///x"), "mysql://u:p@h/n"),
    ],
)
def test_a_bad_variable_names_itself(monkeypatch, read, value):
    monkeypatch.setenv("THING", value)
    with pytest.raises(ImproperlyConfigured, match="THING"):
        read()


def test_good_variables_are_read(monkeypatch):
    monkeypatch.setenv("THING", " a, b ,,c ")
    assert env.words("THING") == ["a", "b", "c"]
    monkeypatch.setenv("THING", "https://shop.example.org/")
    assert env.address("THING") == "https://shop.example.org"
    monkeypatch.setenv("THING", "ON")
    assert env.flag("THING", False) is True


def example() -> dict[str, str]:
    lines = (ROOT / "docs" / "deploy" / "example.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


# Without these the site starts, `check --deploy` complains, and what needs them says so.
STARTS_WITHOUT = {"CREDENTIAL_KEY"}


def start_production(variables: dict[str, str]) -> subprocess.CompletedProcess:
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "marketplace.settings.production"}
    command = [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"]
    return subprocess.run(command, env=clean | variables, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", [None, *sorted(set(example()) - STARTS_WITHOUT)])
def test_production_starts_with_every_variable_and_with_none_less(name):
    variables = example()
    variables.pop(name, None)
    result = start_production(variables)
    assert (result.returncode == 0) is (name is None), result.stderr
    assert name is None or name in result.stderr


def test_a_site_without_a_credential_key_starts_and_the_deploy_check_names_it(settings):
    variables = example()
    del variables["CREDENTIAL_KEY"]
    assert start_production(variables).returncode == 0
    settings.CREDENTIAL_KEY = None
    assert [error.id for error in key_is_set(None)] == ["credentials.E001"]
    settings.CREDENTIAL_KEY = bytes(32)
    assert key_is_set(None) == []


def test_keys_are_read_as_the_command_prints_them(monkeypatch):
    monkeypatch.setenv("THING", base64url(bytes(range(32))))
    assert env.key("THING") == bytes(range(32))
    assert env.keys("THING") == [bytes(range(32))]
    monkeypatch.delenv("THING")
    assert env.key("THING") is None
    assert env.keys("THING") == []


def test_a_stand_in_beside_a_live_key_is_refused():
    variables = example() | {
        "STRIPE_SECRET_KEY": "sk_live_0000000000000000",
        "STRIPE_API_ADDRESS": "http://127.0.0.1:12111",
    }
    assert "stand-in beside a live key" in start_production(variables).stderr


def test_production_runs_on_postgresql_alone():
    assert "PostgreSQL" in start_production(example() | {"DATABASE_URL": "sqlite:///x.db"}).stderr
