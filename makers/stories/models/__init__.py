"""Wagtail's pages, in English and Spanish; prices, stock and badges are always live."""

from .base import LanguagePage
from .collections import CollectionIndexPage, CollectionPage
from .events import EventIndexPage, EventPage
from .guides import GuideIndexPage, GuidePage
from .home import HomePage
from .makers import MakerIndexPage, MakerPage
from .neighborhoods import NeighborhoodIndexPage, NeighborhoodPage
from .recordings import Recording
from .stories import Cover, StoryIndexPage, StoryPage

__all__ = [
    "CollectionIndexPage", "CollectionPage", "Cover", "EventIndexPage", "EventPage", "GuideIndexPage", "GuidePage",
    "HomePage", "LanguagePage", "MakerIndexPage", "MakerPage", "NeighborhoodIndexPage", "NeighborhoodPage",
    "Recording", "StoryIndexPage", "StoryPage",
]  # fmt: skip
