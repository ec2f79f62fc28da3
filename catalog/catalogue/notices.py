"""Notices that a piece carries where its maker says they apply: Proposition 65, children's products, choking.

Proposition 65: the short form of 27 CCR 25603(b) as amended in 2025, which names a chemical for each harm; on the web
it is shown on the piece's page and before paying (25602(b)). A children's product is one for 12 years or younger: it
has a certificate (16 CFR 1110) and a permanent tracking label (15 USC 2063(a)(5)). Choking: the statements of
16 CFR 1500.19(b), shown with the listing (1500.20); articles with small parts for children under three are banned
(16 CFR 1501). Which notices a piece needs its maker knows; the shop shows what was said and advises nobody.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


class Risk(models.TextChoices):
    NONE = "", gettext_lazy("No warning is needed")
    CANCER = "cancer", gettext_lazy("Cancer")
    REPRODUCTIVE = "reproductive", gettext_lazy("Reproductive harm")
    BOTH = "both", gettext_lazy("Cancer and reproductive harm")


class AgeGrade(models.TextChoices):
    UNKNOWN = "", gettext_lazy("Not for children in particular")
    BABY = "0-2", gettext_lazy("Under 3 years")
    SMALL = "3-5", gettext_lazy("3 to 5 years")
    BIG = "6-12", gettext_lazy("6 to 12 years")


class Choking(models.TextChoices):
    NONE = "", gettext_lazy("None")
    SMALL_PARTS = "small_parts", gettext_lazy("It has small parts")
    SMALL_BALL = "small_ball", gettext_lazy("It is or has a small ball")
    MARBLE = "marble", gettext_lazy("It is or has a marble")


CHOKING_WORDS = {
    Choking.SMALL_PARTS: gettext_lazy("CHOKING HAZARD – Small parts. Not for children under 3 yrs."),
    Choking.SMALL_BALL: gettext_lazy("CHOKING HAZARD – Toy is or contains a small ball. Not for children under 3 yrs."),
    Choking.MARBLE: gettext_lazy("CHOKING HAZARD – Toy is or contains a marble. Not for children under 3 yrs."),
}


CHEMICALS = {
    "lead": pgettext_lazy("chemical", "lead"),
    "lead and lead compounds": pgettext_lazy("chemical", "lead and lead compounds"),
    "cadmium": pgettext_lazy("chemical", "cadmium"),
    "cadmium and cadmium compounds": pgettext_lazy("chemical", "cadmium and cadmium compounds"),
    "nickel (metallic)": pgettext_lazy("chemical", "nickel (metallic)"),
    "chromium (hexavalent compounds)": pgettext_lazy("chemical", "chromium (hexavalent compounds)"),
    "formaldehyde (gas)": pgettext_lazy("chemical", "formaldehyde (gas)"),
    "wood dust": pgettext_lazy("chemical", "wood dust"),
}


def _chemical(name: str) -> str:
    """A chemical of the State's list in the reader's language; one that we have no word for stays as it was typed."""
    return str(CHEMICALS.get(name.strip().lower(), name))


class ProductNotice(models.Model):
    """What a piece says of its dangers and its age; a piece without a row says nothing."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="notice")
    prop65 = models.CharField(
        gettext_lazy("Proposition 65 warning"), max_length=12, choices=Risk, blank=True, default=Risk.NONE,
        help_text=gettext_lazy(
            "California asks for a warning where a piece can expose people to a listed chemical, such as lead in brass "
            "or some leather dyes. The list is at P65Warnings.ca.gov."
        ),
    )  # fmt: skip
    cancer_chemical = models.CharField(
        gettext_lazy("chemical that can cause cancer"), max_length=120, blank=True,
        help_text=gettext_lazy("One name from the State's list, such as lead."),
    )  # fmt: skip
    harm_chemical = models.CharField(
        gettext_lazy("chemical that can cause reproductive harm"), max_length=120, blank=True,
        help_text=gettext_lazy("One name from the State's list; it may be the same."),
    )  # fmt: skip
    age_grade = models.CharField(
        gettext_lazy("made for children of"), max_length=4, choices=AgeGrade, blank=True, default=AgeGrade.UNKNOWN,
        help_text=gettext_lazy("Made mainly for children of 12 or younger, it is a children's product."),
    )  # fmt: skip
    certificate_reference = models.CharField(
        gettext_lazy("children's product certificate"), max_length=80, blank=True,
        help_text=gettext_lazy("Its number or date, as you keep it; a laboratory's tests stand behind it."),
    )  # fmt: skip
    tracking_label = models.BooleanField(
        gettext_lazy("A permanent label on each piece names maker, place and date of making, and batch"), default=False
    )
    choking = models.CharField(
        gettext_lazy("choking hazard"), max_length=11, choices=Choking, blank=True, default=Choking.NONE,
        help_text=gettext_lazy("For pieces that children of 3 to 6 play with."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_childrens_product_is_certified_and_labeled",
                condition=models.Q(age_grade="")
                | (~models.Q(certificate_reference="") & models.Q(tracking_label=True)),
            ),
        ]

    def __str__(self):
        return f"{self.product_id}"

    @property
    def is_blank(self) -> bool:
        return not (self.prop65 or self.age_grade or self.choking)

    @property
    def prop65_words(self) -> str:
        """The warning without its signal word; empty where there is none."""
        words = {"cancer": _chemical(self.cancer_chemical), "harm": _chemical(self.harm_chemical)}
        if self.prop65 == Risk.CANCER:
            text = _("Risk of cancer from exposure to %(cancer)s.") % words
        elif self.prop65 == Risk.REPRODUCTIVE:
            text = _("Risk of reproductive harm from exposure to %(harm)s.") % words
        elif self.prop65 == Risk.BOTH:
            text = (
                _("Risk of cancer from exposure to %(cancer)s and reproductive harm from exposure to %(harm)s.") % words
            )
        else:
            return ""
        return _("%(warning)s See www.P65Warnings.ca.gov.") % {"warning": text}

    @property
    def choking_words(self) -> str:
        """The cautionary statement without its signal word; empty where there is none."""
        return str(CHOKING_WORDS[Choking(self.choking)]) if self.choking else ""

    @property
    def warnings(self) -> list[str]:
        """What must be read before paying, in the reader's language."""
        return [words for words in (self.prop65_words, self.choking_words) if words]

    def clean(self):
        """Raises ValidationError at each field that a notice still needs."""
        missing = {}
        if self.prop65 in (Risk.CANCER, Risk.BOTH) and not self.cancer_chemical.strip():
            missing["cancer_chemical"] = _("Name a chemical that can cause cancer; the warning names one.")
        if self.prop65 in (Risk.REPRODUCTIVE, Risk.BOTH) and not self.harm_chemical.strip():
            missing["harm_chemical"] = _("Name a chemical that can cause reproductive harm; the warning names one.")
        if self.age_grade and not self.certificate_reference.strip():
            missing["certificate_reference"] = _("A children's product is for sale with its certificate only. Name it.")
        if self.age_grade and not self.tracking_label:
            missing["tracking_label"] = _(
                "A children's product carries a tracking label. Confirm that each piece does."
            )
        if self.choking and not self.age_grade:
            missing["age_grade"] = _("Say for which age it is made; the choking statement depends on it.")
        if self.choking and self.age_grade == AgeGrade.BABY:
            missing["choking"] = _("A piece for children under three may have no small parts, balls or marbles.")
        if missing:
            raise ValidationError(missing)


NOTICE_FIELDS = (
    "prop65", "cancer_chemical", "harm_chemical", "age_grade", "certificate_reference", "tracking_label", "choking",
)  # fmt: skip
