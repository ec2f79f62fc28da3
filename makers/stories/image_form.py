"""The CMS's form for pictures: what editors upload is made anew like everybody's, and says what it shows."""

from pathlib import PurePath

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from marketplace.core.uploads import clean_picture, shown_name
from marketplace.pictures.services import forget

from .models import StoryPage
from .pictures import keep_image
from .share_pictures import order_drawing


class CleanImageField(WagtailImageField):
    """Looks at the file and makes it anew before Wagtail's own checks, which decode it first and count pixels then."""

    def to_python(self, data):
        if data not in self.empty_values:
            _overwrite(data, clean_picture(data).read())
        return super().to_python(data)


class CleanImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = CleanImageField(label=field.label, required=field.required, widget=field.widget)
        # The first step of an upload of several asks for files alone; the words are asked for in the second.
        if "description" in self.fields and (not self.is_bound or self.add_prefix("description") in self.data):
            self.fields["description"].required = True

    def save(self, commit=True):
        before = self.original_file.name if self.original_file else ""
        image = super().save(commit=commit)
        if commit:
            keep_image(image)
            order_drawing(StoryPage.objects.live().filter(picture=image))
            if before and before != image.file.name:
                forget(name=before)
        return image


def _overwrite(upload, content: bytes) -> None:
    """In place: where another field is refused, Wagtail stores the upload itself and asks again."""
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(content)
    upload.file.flush()
    upload.seek(0)
    upload.size, upload.content_type = len(content), "image/jpeg"
    upload.name = f"{PurePath(shown_name(upload.name)).stem}.jpg"
