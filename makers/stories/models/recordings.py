"""Sound and film that stories play, with words in both languages for those who can't hear them."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from ..media import Kind, check_captions, format_of
from .base import picture_field

FILES = ("file", "captions_en", "captions_es")


class RecordingForm(WagtailAdminModelForm):
    """Looks at what the files are, and asks for captions or a transcript in each language."""

    def clean(self):
        data = super().clean()
        for name in self.changed_files():
            try:
                self._look_at(name, data[name])
            except ValidationError as error:
                self.add_error(name, error)
        for language in ("en", "es"):
            if not data.get(f"captions_{language}") and not data.get(f"transcript_{language}", "").strip():
                self.add_error(
                    f"transcript_{language}",
                    _("Add captions or a transcript in this language, for people who can't hear it."),
                )
        return data

    def changed_files(self) -> list[str]:
        return [name for name in FILES if name in self.files and self.cleaned_data.get(name)]

    def _look_at(self, name: str, upload) -> None:
        """A file is kept under a name of its own, whose ending says what it is."""
        if name != "file":
            check_captions(upload)
            upload.name = f"{uuid.uuid4().hex}.vtt"
            return
        found = format_of(upload)
        upload.name = f"{uuid.uuid4().hex}.{found.ending}"
        self.instance.kind, self.instance.content_type = found.kind, found.content_type


class Recording(models.Model):
    """One file of sound or film. Captions are WebVTT; each language has captions, a transcript or both."""

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, editable=False)
    content_type = models.CharField(max_length=40, editable=False)
    file = models.FileField(_("file"), upload_to="recordings/", help_text=_("MP3, M4A, Ogg, MP4 or WebM."))
    poster = picture_field()
    captions_en = models.FileField(_("captions in English"), upload_to="recordings/", blank=True)
    transcript_en = models.TextField(_("transcript in English"), blank=True)
    captions_es = models.FileField(_("captions in Spanish"), upload_to="recordings/", blank=True)
    transcript_es = models.TextField(_("transcript in Spanish"), blank=True)

    base_form_class = RecordingForm
    panels = [
        FieldPanel("title"),
        FieldPanel("file"),
        FieldPanel("poster", heading=_("picture before a film begins")),
        MultiFieldPanel(
            [FieldPanel(f"{name}_{language}") for language in ("en", "es") for name in ("captions", "transcript")],
            heading=_("Words"),
        ),
    ]

    class Meta:
        verbose_name = _("audio or video")
        verbose_name_plural = _("audio and video")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        before = Recording.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        if before:
            forget_files(before, kept=self)

    def words(self, language: str) -> tuple:
        """(captions, transcript) in a language; one of them may be empty."""
        return getattr(self, f"captions_{language}"), getattr(self, f"transcript_{language}")

    @property
    def is_film(self) -> bool:
        return self.kind == Kind.FILM


def forget_files(recording: Recording, kept: Recording | None = None) -> None:
    """Remove the files of a recording that is gone, or those that another file replaced."""
    held = {getattr(kept, name).name for name in FILES} if kept else set()
    for name in FILES:
        file = getattr(recording, name)
        if file and file.name not in held:
            transaction.on_commit(lambda stored=file: stored.storage.delete(stored.name))
