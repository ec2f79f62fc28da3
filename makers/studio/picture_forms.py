"""Forms of a piece's pictures: several files at once, what each shows, and what crops keep."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.pictures import LONGEST_WORDS
from marketplace.core import uploads
from marketplace.pictures.selectors import Shot


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files; none of them is opened here, and one that won't do is refused alone."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(files)


class PicturesForm(forms.Form):
    picture = ManyFilesField(
        label=_("Pictures"), widget=ManyFilesInput(attrs={"accept": uploads.ACCEPT_PICTURES}),
        help_text=_("JPEG, PNG or WebP, best upright 4:5; several at once. Where they were taken is removed."),
    )  # fmt: skip
    alt = forms.CharField(
        label=_("What the picture shows"), max_length=LONGEST_WORDS, required=False,
        help_text=_("For one picture. If you choose several, say it at each one afterwards."),
    )  # fmt: skip
    color = forms.ChoiceField(label=_("Color shown"), required=False)

    def __init__(self, *args, colors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["color"].choices = [("", _("All colors")), *((color, color) for color in colors)]


class WordsForm(forms.Form):
    alt = forms.CharField(label=_("What the picture shows"), max_length=LONGEST_WORDS)


class FocusForm(forms.Form):
    """The point of a picture that crops keep: a click on the picture, or two numbers."""

    SHOWN = 160  # pixels across, as the style sheet shows it

    x = forms.IntegerField(label=_("Percent from the left"), min_value=0, max_value=100)
    y = forms.IntegerField(label=_("Percent from the top"), min_value=0, max_value=100)

    def __init__(self, *args, shot: Shot, **kwargs):
        self.shot = shot
        x, y = shot.focal
        super().__init__(*args, initial={"x": x // 10, "y": y // 10}, **kwargs)

    @property
    def height(self) -> int:
        width, height = self.shot.width or 4, self.shot.height or 5
        return max(self.SHOWN * height // width, 1)

    def focal(self) -> tuple[int, int]:
        """Per mille. A picture that is pressed with a key sends the corner: then the numbers count."""
        click = self._click()
        if click in (None, (0, 0)):
            return self.cleaned_data["x"] * 10, self.cleaned_data["y"] * 10
        return min(click[0] * 1000 // self.SHOWN, 1000), min(click[1] * 1000 // self.height, 1000)

    def _click(self) -> tuple[int, int] | None:
        parts = [str(self.data.get(name, "")) for name in ("at.x", "at.y")]
        if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
            return None
        return int(parts[0]), int(parts[1])
