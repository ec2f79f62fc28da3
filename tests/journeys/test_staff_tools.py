"""Wagtail's and Django's own staff screens: axe finds no fault on any of them, nor on the editor of one of each thing.

The normal run takes one look, at the CMS and the editors; `make axe` takes all eight, at the admin's lists as well.
"""

import itertools
import os

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from catalog.order.models import Order
from makers.stories.models import StoryIndexPage, StoryPage
from makers.stories.services import StoryText, add_picture, publish_story
from tests import access, factories
from tests.journeys.test_every_page import faults_of, is_page

pytestmark = pytest.mark.timeout(3600)
EVERY = list(itertools.product((390, 1440), ("light", "dark"), ("en", "es")))
ALL = os.environ.get("AXE") == "all"
LOOKS, TOOLS = (EVERY, ("/cms/", "/admin/")) if ALL else ([(1440, "light", "es")], ("/cms/",))
FEWEST = 110 if ALL else 50
# An error made on purpose for those who work on Wagtail, and pieces of screens that its own scripts ask for.
NO_SCREENS = {"wagtailadmin_error_test", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}


def lists_and_forms() -> list[str]:
    """The address of every screen that needs nothing named."""
    found = []
    for name in sorted({name for name, path in access.named_patterns() if path.startswith(TOOLS)} - NO_SCREENS):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


def editors(director) -> list[str]:
    """The screens about one page, picture, person, group and order, and a story beside its translation."""
    image = add_picture(data=factories.photo().read(), name="table.jpg", title="Table")
    piece = factories.certified_product(stock=3)
    body = [
        ("text", "<p>Elena folds every pleat by hand.</p>"),
        ("picture", {"image": image, "alt": "A table", "caption": "", "wide": False}),
        ("pieces", {"title": "From this workshop", "products": [piece]}),
    ]
    text = StoryText("The last pleater", "Four blocks from the alley.", body, "A fan of pleats")
    (story,) = publish_story(slug="pleater", texts={"en": text}, picture=image, maker=piece.maker)
    spanish = Locale.objects.get(language_code="es")
    director.post(f"/cms/localize/submit/page/{story.pk}/", {"locales": [spanish.pk]})
    Translation.objects.get(source__object_id=story.translation_key)
    beside = StoryPage.objects.get(locale=spanish, translation_key=story.translation_key)
    index, group, order = StoryIndexPage.objects.first(), Group.objects.first(), Order.objects.first()
    me = [director.user.pk]
    of_a_page = ("edit", "delete", "move", "copy", "history", "usage", "unpublish")
    return [
        reverse("wagtailadmin_explore", args=[index.pk]), reverse("wagtailadmin_pages:edit", args=[beside.pk]),
        reverse("wagtailadmin_pages:add", args=["stories", "storypage", index.pk]),
        reverse("wagtailadmin_pages:add_subpage", args=[index.pk]),
        *(reverse(f"wagtailadmin_pages:{name}", args=[story.pk]) for name in of_a_page),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in one_of_each_type()),
        reverse("wagtailimages:edit", args=[get_image_model().objects.first().pk]),
        reverse("wagtailusers_users:edit", args=me), reverse("wagtailusers_groups:edit", args=[group.pk]),
        *(reverse(f"admin:users_user_{name}", args=me) for name in ("change", "delete", "history")),
        reverse("admin:auth_user_password_change", args=me),
        reverse("admin:auth_group_change", args=[group.pk]), reverse("admin:order_order_change", args=[order.pk]),
        reverse("admin:catalogue_product_change", args=[piece.pk]),
        reverse("admin:catalogue_product_history", args=[piece.pk]), reverse("admin:app_list", args=["order"]),
    ]  # fmt: skip


def one_of_each_type() -> list[Page]:
    found = {page.content_type_id: page for page in Page.objects.filter(depth__gt=1).order_by("-pk")}
    return list(found.values())


def make_director(language: str):
    """A client of somebody who may do everything, with the tools in their language."""
    user = factories.director()
    UserProfile.objects.create(user=user, preferred_language=language)
    client = access.signed_in(user, second_factor=True)
    client.user = user
    client.cookies["django_language"] = language
    return client


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_no_screen_has_a_fault(someone, live_server, standin, width, theme, language):
    access.make_world()
    director = make_director(language)
    looked_at = [path for path in editors(director) + lists_and_forms() if is_page(director.get(path))]
    assert len(looked_at) >= FEWEST
    faults = {}
    with someone(phone=width == 390) as page:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.context.add_cookies(
            [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in director.cookies.items()]
        )
        for path in looked_at:
            faults[path] = [fault for fault in faults_of(page, path, width) if fault != "scrolls sideways"]
    assert {where: found for where, found in faults.items() if found} == {}
