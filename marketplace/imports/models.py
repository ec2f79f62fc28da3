"""A file that a maker brought, what it says of each piece, and which piece of the shop came from where."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.storage import evidence_storage


def private_name(instance, filename: str) -> str:
    """A storage name that says nothing of the file."""
    return f"imports/{uuid.uuid4().hex}"


class Format(models.TextChoices):
    SHOPIFY = "shopify", "Shopify"
    ETSY = "etsy", "Etsy"
    SQUARE = "square", "Square"


class Import(models.Model):
    """One file. Until `applied_at` it is a dry run: nothing of it is in the shop."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    format = models.CharField(max_length=8, choices=Format)
    name = models.CharField(max_length=120)
    file = models.FileField(storage=evidence_storage, upload_to=private_name, blank=True)
    notes = models.JSONField(default=list, help_text=_("Findings about the file as a whole."))
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.name} ({self.format})"


class Outcome(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changes")
    SAME = "same", _("Stays as it is")
    LEFT_OUT = "left_out", _("Left out")


class ImportPiece(models.Model):
    """What a file says of one piece, and what became of it."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    row = models.PositiveIntegerField(help_text=_("The piece's first row in the file."))
    title = models.CharField(max_length=255)
    content = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    outcome = models.CharField(max_length=8, choices=Outcome)
    is_work = models.BooleanField(default=False, help_text=_("Whether applying the file has anything to do here."))
    product = models.ForeignKey("catalogue.Product", on_delete=models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["batch", "outcome"], name="import_pieces_by_outcome")]

    def __str__(self):
        return f"{self.title} (row {self.row})"


class Source(models.Model):
    """Where a piece came from, so that the same file again finds it; `last` is what the file said last time."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=8, choices=Format)
    key = models.CharField(max_length=255)
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="sources")
    last = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["maker", "format", "key"], name="one_piece_per_source_key")]

    def __str__(self):
        return f"{self.format} {self.key}"


class SourcePicture(models.Model):
    """A picture that a file named: waits until it was tried; `error` says why it is not here."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="source_pictures")
    batch = models.ForeignKey(Import, on_delete=models.SET_NULL, null=True, related_name="pictures")
    image = models.ForeignKey("catalogue.ProductImage", on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=1000)
    alt = models.CharField(max_length=200)
    color = models.CharField(max_length=40, blank=True)
    row = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "address"], name="one_row_per_picture_address")]

    def __str__(self):
        return self.address
