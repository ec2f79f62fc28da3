"""One file with everything that the shop keeps, and the way back into an empty place."""
