"""Sound and film: a file is what its bytes say, each language has words, and nothing plays by itself."""

import struct

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from makers.stories import media
from makers.stories.media import Kind, check_captions, format_of
from makers.stories.models import Recording
from makers.stories.services import StoryText, publish_story
from marketplace.core.media import serve_media
from tests import factories
from tests.access import signed_in

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe loom begins.\n"


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def mp4(brand: bytes, *tracks: bytes) -> bytes:
    """As phones write it: the description of the tracks may stand behind the data."""
    handlers = b"".join(box(b"hdlr", bytes(8) + track + bytes(12)) for track in tracks)
    return box(b"ftyp", brand + bytes(8)) + box(b"mdat", bytes(64)) + box(b"moov", handlers)


def webm(doctype: bytes = b"webm") -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82" + bytes([0x80 | len(doctype)]) + doctype + bytes(40)


MP3 = b"\xff\xfb\x90\x00" + bytes(400)
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(60)


def upload(content: bytes, name: str = "x.mp3") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (MP3, media.MP3), (b"ID3\x04" + bytes(90), media.MP3), (OGG, media.OGG),
        (b"OggS" + bytes(24) + b"\x01vorbis" + bytes(60), media.OGG), (mp4(b"M4A ", b"soun"), media.M4A),
        (mp4(b"isom", b"soun"), media.M4A), (mp4(b"isom", b"vide", b"soun"), media.MP4),
        (mp4(b"M4A ", b"soun", b"vide"), media.MP4), (webm(), media.WEBM),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(content, found):
    assert format_of(upload(content, "whatever.exe")) == found


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>", b"MZ" + bytes(200), b"\x89PNG\r\n\x1a\n" + bytes(90),
        b"%PDF-1.7" + bytes(90),
        b"OggS" + bytes(24) + b"\x80theora" + bytes(60), webm(b"matroska"), mp4(b"qt  ", b"vide"), mp4(b"isom"),
        b"\xff\xfb\xf0\x00" + bytes(90), b"\xff\xff" + bytes(90), b"\xff", b"RIFF" + bytes(4) + b"WAVE" + bytes(80),
        box(b"ftyp", b"isom" + bytes(8)) + b"\x00\x00\x00\x02moov", b"",
    ],
)  # fmt: skip
def test_anything_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(ValidationError):
        format_of(upload(content, "song.mp3"))


@pytest.mark.parametrize("kind", Kind)
def test_a_file_has_a_largest_size(kind, monkeypatch):
    monkeypatch.setitem(media.LARGEST, kind, 100)
    content = MP3 if kind == Kind.AUDIO else mp4(b"isom", b"vide")

    with pytest.raises(ValidationError, match="larger"):
        format_of(upload(content))


@pytest.mark.parametrize(
    ("content", "good"),
    [
        (VTT, True), (b"\xef\xbb\xbf" + VTT, True), (b"WEBVTT - Looms\n\n00:01.000 --> 00:02.000\nx", True),
        (b"WEBVTTX\n\n00:01.000 --> 00:02.000\nx", False), (b"1\n00:00:01,000 --> 00:00:02,000\nx", False),
        (b"WEBVTT\n\nno times", False), (b"WEBVTT\n\xff\xfe --> ", False), (b"", False),
        (VTT + bytes(media.LARGEST_CAPTIONS), False),
    ],
)  # fmt: skip
def test_captions_are_webvtt(content, good):
    if good:
        return check_captions(upload(content, "x.vtt"))
    with pytest.raises(ValidationError):
        check_captions(upload(content, "x.vtt"))
    return None


@pytest.fixture
def editor():
    return signed_in(factories.staff("Moderators"), second_factor=True)


def send(editor, address="/cms/snippets/stories/recording/add/", **changes):
    form = {
        "title": "The loom", "file": upload(MP3, "loom.php"), "transcript_en": "The loom begins.",
        "transcript_es": "Empieza el telar.",
    } | changes  # fmt: skip
    return editor.post(address, {name: value for name, value in form.items() if value is not None})


@pytest.mark.django_db
def test_a_recording_is_kept_under_a_name_of_its_own(editor):
    assert send(editor).status_code == 302

    recording = Recording.objects.get()
    assert (recording.kind, recording.content_type) == ("audio", "audio/mpeg")
    assert recording.file.name.endswith(".mp3")
    assert "loom" not in recording.file.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"transcript_es": ""}, "Add captions or a transcript in this language"),
        ({"transcript_en": "  "}, "Add captions or a transcript in this language"),
        ({"file": upload(b"<html>", "loom.mp3")}, "Choose an MP3, M4A, Ogg, MP4 or WebM file"),
        ({"captions_en": upload(b"<html>", "loom.vtt")}, "Captions are a WebVTT file"),
    ],
)
def test_the_cms_says_what_is_missing(editor, changes, words):
    answer = send(editor, **changes)

    assert answer.status_code == 200
    assert words in answer.text
    assert not Recording.objects.exists()


@pytest.mark.django_db
def test_files_that_are_replaced_or_forgotten_are_gone(editor, django_capture_on_commit_callbacks):
    send(editor, captions_en=upload(VTT, "loom.vtt"), transcript_en="")
    first = Recording.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        send(editor, f"/cms/snippets/stories/recording/edit/{first.pk}/", file=upload(OGG, "x"), transcript_en="Again.")
    second = Recording.objects.get()
    assert second.file.name.endswith(".ogg")
    assert not default_storage.exists(first.file.name)
    assert default_storage.exists(second.captions_en.name)

    with django_capture_on_commit_callbacks(execute=True):
        Recording.objects.all().delete()
    assert not default_storage.exists(second.file.name)
    assert not default_storage.exists(second.captions_en.name)


@pytest.fixture
def story(editor):
    send(editor, title="A minute of film", file=upload(mp4(b"isom", b"vide"), "x"), captions_es=upload(VTT, "x.vtt"))
    body = [("recording", {"recording": Recording.objects.get(), "caption": "On a Tuesday."})]
    texts = {code: StoryText("Looms", "How they sound.", body) for code in ("en", "es")}
    return publish_story(slug="looms", texts=texts)


@pytest.mark.django_db
def test_film_waits_to_be_started_and_has_the_words_of_the_language(client, story):
    english, spanish = (client.get(page.get_url()).text for page in story)

    for text in (english, spanish):
        assert "autoplay" not in text
        assert '<video controls preload="none"' in text
        assert 'type="video/mp4"' in text
    assert "<track" not in english
    assert "The loom begins." in english
    assert 'srclang="es" label="Español"' in spanish
    assert "Empieza el telar." in spanish


@pytest.mark.django_db
def test_a_recording_that_was_deleted_leaves_the_story_whole(client, story):
    Recording.objects.all().delete()

    assert client.get(story[0].get_url()).status_code == 200
    assert "<video" not in client.get(story[0].get_url()).text


@pytest.mark.django_db
def test_files_are_served_as_what_they_are(client, story, rf, settings):
    recording = Recording.objects.get()
    for file, content_type in ((recording.file, "video/mp4"), (recording.captions_es, "text/vtt")):
        answer = serve_media(rf.get("/"), file.name, document_root=settings.MEDIA_ROOT)
        assert answer["Content-Type"] == content_type
    page = client.get(story[0].get_url())
    assert "media-src 'self'" in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
