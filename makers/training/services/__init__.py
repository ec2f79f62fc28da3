"""Writes about training: places, the people who apply for them, placements."""
