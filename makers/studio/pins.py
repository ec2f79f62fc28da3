"""The pin that a maker sets on the map: a neighborhood to begin with, or two numbers, for forms of a workplace."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.citymap import find, neighborhoods
from makers.models import CoordinateSource, Workplace


class PinForm(forms.ModelForm):
    """Adds `near` to a workplace's form, and turns it into coordinates where no numbers were given."""

    near = forms.ChoiceField(
        label=_("Put the pin in a neighborhood"), required=False,
        choices=lambda: [("", "—"), *((item.name, item.name) for item in neighborhoods())],
        help_text=_("Then move it to the door: tap the map, or use the arrow keys."),
    )  # fmt: skip

    class Meta:
        model = Workplace
        fields = ["latitude", "longitude"]
        labels = {"latitude": _("Latitude of the door"), "longitude": _("Longitude of the door")}
        help_texts = {
            "latitude": _(
                "Such as 34.0405. A map on your phone shows both numbers when you hold a finger on the door."
            ),
            "longitude": _("Such as -118.2541."),
        }

    def clean(self):
        data = super().clean()
        if {"latitude", "longitude"} & set(self.errors):
            return data
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if latitude is None and longitude is None and (chosen := find(data.get("near") or "")):
            data["latitude"], data["longitude"] = latitude, longitude = chosen.latitude, chosen.longitude
        if (latitude is None) != (longitude is None):
            self.add_error("longitude" if longitude is None else "latitude", _("Give both numbers, or none."))
        before = (self.initial.get("latitude"), self.initial.get("longitude"))
        if (latitude, longitude) != before:
            self.instance.coordinates_from = CoordinateSource.PIN if latitude is not None else CoordinateSource.NONE
        return data

    @property
    def pin_names(self) -> tuple[str, ...]:
        return ("near", "latitude", "longitude")
