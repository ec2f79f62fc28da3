"""How numbers and times are written in the languages of the site (FORMAT_MODULE_PATH)."""
