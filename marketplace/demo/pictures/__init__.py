"""Draws the demo's pictures: garments before painted walls and on people, and scenes of Los Angeles. No photos, no outside art."""

from .studio import Job, draw_all, draw_garment, draw_scene, draw_worn, garment_kinds, scene_names
from .walls import WALLS
from .worn import words_of, worn_kinds

__all__ = [
    "WALLS",
    "Job",
    "draw_all",
    "draw_garment",
    "draw_scene",
    "draw_worn",
    "garment_kinds",
    "scene_names",
    "words_of",
    "worn_kinds",
]
