"""How many times a page was looked at on a day; nothing about who did."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PRODUCT = "product", _("Piece")
    STORY = "story", _("Story")


class ViewCount(models.Model):
    """`number` is the id of the piece or of the story's page, `day` a Los Angeles day."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.CASCADE, related_name="view_counts")
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.PositiveIntegerField()
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["maker", "kind", "number", "day"], name="one_count_of_views_a_day")
        ]
        indexes = [models.Index(fields=["maker", "day"], name="views_of_a_maker")]

    def __str__(self):
        return f"{self.kind} {self.number}, {self.day}: {self.count}"
