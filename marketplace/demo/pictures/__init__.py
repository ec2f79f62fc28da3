"""Draws the demo's pictures: garments before painted walls, and scenes of Los Angeles. No photos, no outside art."""

from .studio import Job, draw_all, draw_garment, draw_scene, garment_kinds, scene_names
from .walls import WALLS

__all__ = ["WALLS", "Job", "draw_all", "draw_garment", "draw_scene", "garment_kinds", "scene_names"]
