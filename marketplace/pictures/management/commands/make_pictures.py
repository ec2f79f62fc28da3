"""`manage.py make_pictures`: make every rendition that is missing, after sizes or qualities changed; again is free."""
