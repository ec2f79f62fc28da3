"""What editors of stories may do beyond Wagtail's own rights on pages: translate them, keep sound and film."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITORS = ("Editors", "Moderators")  # Wagtail's own groups
RIGHTS = Q(content_type__app_label="wagtail_localize", codename="submit_translation") | Q(
    content_type__app_label="stories", content_type__model="recording"
)


def ensure_rights(**kwargs) -> None:
    """Give Wagtail's groups what they need here (after each migrate)."""
    # Django's own receiver, which makes the permissions, may run after this one.
    create_permissions(apps.get_app_config("stories"), verbosity=0)
    wanted = Permission.objects.filter(RIGHTS)
    for group in Group.objects.filter(name__in=EDITORS):
        group.permissions.add(*wanted)
