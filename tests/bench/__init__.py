"""Measurements, run by hand: `make bench`. Times are printed, never asserted."""
