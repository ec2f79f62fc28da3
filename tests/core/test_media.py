"""Public files in parts, as players of sound and film ask for them."""

import pytest
from django.test import RequestFactory

from marketplace.core import media

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "loom.mp3").write_bytes(CONTENT)

    def run(asked=""):
        headers = {"Range": asked} if asked else {}
        return media.serve_media(RequestFactory().get("/", headers=headers), "loom.mp3", document_root=tmp_path)

    return run


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=1000-", 1000, 1023), ("bytes=0-", 0, 1023), ("bytes=1020-9999", 1020, 1023)],
)
def test_a_part(ask, asked, first, last):
    answer = ask(asked)

    assert answer.status_code == 206
    assert answer.content == CONTENT[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/1024"
    assert answer["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize("asked", ["", "bytes=-5", "bytes=0-1,4-5", "lines=1-2", "bytes=x-y"])
def test_anything_else_is_answered_with_the_whole(ask, asked):
    answer = ask(asked)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == CONTENT
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9-3"])
def test_beyond_the_file(ask, asked):
    answer = ask(asked)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


def test_a_part_is_never_too_large_for_memory(ask, monkeypatch):
    monkeypatch.setattr(media, "LARGEST_PART", 100)

    assert ask("bytes=10-")["Content-Range"] == "bytes 10-109/1024"
