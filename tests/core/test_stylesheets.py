"""The one style sheet holds every component's."""

import os
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import find

from marketplace.core.stylesheets import NAME, SHEETS, StyleSheetFinder

CSS = Path(__file__).resolve().parents[2] / "marketplace" / "static" / "css"


@pytest.fixture
def _own_place(settings, tmp_path):
    settings.STYLESHEETS_ROOT = tmp_path
    finders.get_finder.cache_clear()
    yield
    finders.get_finder.cache_clear()


@pytest.mark.usefixtures("_own_place")
def test_every_component_is_in_it_once_and_tokens_come_first():
    assert sorted(SHEETS) == sorted(path.stem for path in CSS.glob("*.css"))
    assert len(set(SHEETS)) == len(SHEETS)
    text = Path(find(NAME)).read_text("utf-8")
    assert text.startswith((CSS / "tokens.css").read_text("utf-8"))
    assert all((CSS / f"{name}.css").read_text("utf-8") in text for name in SHEETS)


@pytest.mark.usefixtures("_own_place")
def test_it_is_written_anew_after_a_change_and_only_then(tmp_path):
    finder = StyleSheetFinder()
    joined = Path(finder.find(NAME))
    joined.write_text("kept", "utf-8")
    assert Path(finder.find(NAME)).read_text("utf-8") == "kept"
    os.utime(joined, ns=(0, 0))
    assert "@layer" in Path(finder.find(NAME)).read_text("utf-8")
    assert [path.name for path in (tmp_path / "css").iterdir()] == ["site.css"]


@pytest.mark.usefixtures("_own_place")
def test_it_knows_no_other_file():
    assert StyleSheetFinder().find("css/tokens.css") is None
    assert [name for name, _storage in StyleSheetFinder().list([])] == [NAME]
