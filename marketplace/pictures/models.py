"""One row per public picture, known by the name of its file, and one per picture drawn from it for other sites."""

from django.db import models

from .shapes import MIDDLE, Size, Use


class Picture(models.Model):
    """How large a picture is, what matters in it (per mille from left and top), and under which key its renditions lie.

    While `key` is empty there are none yet, and pages show the file itself.
    """

    name = models.CharField(max_length=255, unique=True)
    use = models.CharField(max_length=8, choices=Use)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    focal_x = models.PositiveSmallIntegerField(default=MIDDLE[0])
    focal_y = models.PositiveSmallIntegerField(default=MIDDLE[1])
    key = models.CharField(max_length=24, blank=True, db_index=True)
    blur = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_focal_point_lies_in_its_picture",
                condition=models.Q(focal_x__lte=1000) & models.Q(focal_y__lte=1000),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def focal(self) -> Size:
        return self.focal_x, self.focal_y


class SharePicture(models.Model):
    """What other sites show of an owner ("piece:12:es", "page:7"); the key names the file drawn from the picture."""

    owner = models.CharField(max_length=40, unique=True)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="shares")
    key = models.CharField(max_length=24, db_index=True)

    def __str__(self):
        return self.owner
