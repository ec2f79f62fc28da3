"""What the search keeps beside the listing rows: the words that pieces are found by, and pages of the stories."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A word of some listing or page, without accents; a misspelled question is compared with these."""

    word = models.CharField(max_length=60, primary_key=True)
    stem = models.CharField(max_length=60)

    def __str__(self):
        return self.word


class PageKind(models.TextChoices):
    MAKER = "maker", _("Maker")
    STORY = "story", _("Story")
    GUIDE = "guide", _("Guide")
    COLLECTION = "collection", _("Collection")
    NEIGHBORHOOD = "neighborhood", _("Neighborhood")
    EVENT = "event", _("Event")


class PageEntry(models.Model):
    """What a search shows of a published page, in the page's language; written by makers.stories alone."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    kind = models.CharField(max_length=16, choices=PageKind)
    language = models.CharField(max_length=8)
    maker = models.ForeignKey("makers.Maker", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=255)
    text = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text=_("Not found any more from then on."))

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.page.get_url()


class SavedSearch(models.Model):
    """A list of the shop that a shopper wants to see again, and to hear of when something new fits."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    query = models.CharField(max_length=600, help_text=_("The part of the address after the question mark."))
    language = models.CharField(max_length=8)
    tell = models.BooleanField(_("write to me when something new fits"), default=False)
    told_until = models.DateTimeField(help_text=_("Pieces listed later are new."))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="one_saved_search_per_query")]

    def __str__(self):
        return self.query
