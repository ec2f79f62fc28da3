"""The public JSON API: register, makers and pieces, read only, without a key."""

from .site import api

__all__ = ["api"]
