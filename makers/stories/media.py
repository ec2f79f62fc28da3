"""Sound and film by file: what a file is by its bytes, whatever its name says, and captions that can be read."""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1024 * 1024
LARGEST = {"audio": 30 * MEGABYTE, "film": 120 * MEGABYTE}
LARGEST_CAPTIONS = MEGABYTE // 2
ACCEPT = ".mp3,.m4a,.ogg,.mp4,.webm"
_MOST_HEADER = 8 * MEGABYTE  # of an MP4's description of its tracks
_BRANDS = {b"M4A ", b"M4B ", b"M4V ", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash"}
_OGG_SOUND = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC")


class Kind(models.TextChoices):
    AUDIO = "audio", gettext_lazy("Audio")
    FILM = "film", gettext_lazy("Video")


@dataclass(frozen=True, slots=True)
class Format:
    kind: Kind
    ending: str
    content_type: str


MP3 = Format(Kind.AUDIO, "mp3", "audio/mpeg")
M4A = Format(Kind.AUDIO, "m4a", "audio/mp4")
OGG = Format(Kind.AUDIO, "ogg", "audio/ogg")
MP4 = Format(Kind.FILM, "mp4", "video/mp4")
WEBM = Format(Kind.FILM, "webm", "video/webm")


def format_of(upload) -> Format:
    """What the file is. Raises ValidationError saying what to do."""
    if not upload.size:
        raise ValidationError(_("The file is empty. Choose another one."))
    upload.seek(0)
    found = _recognized(upload)
    upload.seek(0)
    if found is None:
        raise ValidationError(_("Choose an MP3, M4A, Ogg, MP4 or WebM file."))
    largest = LARGEST[found.kind]
    if upload.size > largest:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Choose a smaller one.") % {"size": largest // MEGABYTE}
        )
    return found


def check_captions(upload) -> None:
    """Raises ValidationError where a file is not WebVTT with at least one caption."""
    if upload.size > LARGEST_CAPTIONS:
        raise ValidationError(_("The captions are larger than half a megabyte. Choose the right file."))
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ValidationError(_("Save the captions as UTF-8 text and choose that file.")) from error
    if not lines or lines[0].split(" ")[0].split("\t")[0] != "WEBVTT" or not any("-->" in line for line in lines):
        raise ValidationError(
            _("Captions are a WebVTT file: its first line is WEBVTT, and times stand above each text.")
        )


def _recognized(file: BinaryIO) -> Format | None:
    head = file.read(96)
    if head[4:8] == b"ftyp":
        return _of_mp4(file, head)
    if head.startswith(b"OggS"):
        return OGG if head[28:].startswith(_OGG_SOUND) else None
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM if b"\x42\x82\x84webm" in head else None
    return MP3 if head.startswith(b"ID3") or _is_mp3_frame(head) else None


def _is_mp3_frame(head: bytes) -> bool:
    """Eleven set bits, Layer III, and a bitrate and a sampling rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in (0, 0xF) and head[2] & 0x0C != 0x0C


def _of_mp4(file: BinaryIO, head: bytes) -> Format | None:
    """By its tracks: a film has one with pictures, whatever its brand is called."""
    if head[8:12] not in _BRANDS:
        return None
    tracks = _tracks(file)
    if b"vide" in tracks:
        return MP4
    return M4A if b"soun" in tracks else None


def _tracks(file: BinaryIO) -> set[bytes]:
    """The kinds of tracks that the `moov` box of an MP4 describes."""
    place = 0
    while True:
        file.seek(place)
        box = file.read(16)
        if len(box) < 8:
            return set()
        size, name = int.from_bytes(box[:4], "big"), box[4:8]
        if size == 1 and len(box) == 16:
            size = int.from_bytes(box[8:], "big")
        if name == b"moov":
            file.seek(place)
            return _handlers(file.read(min(size or _MOST_HEADER, _MOST_HEADER)))
        if size < 8:
            return set()
        place += size


def _handlers(moov: bytes) -> set[bytes]:
    """A handler box: its name, eight bytes, then the kind of track."""
    return {part[8:12] for part in moov.split(b"hdlr")[1:]}
