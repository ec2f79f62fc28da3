"""Attacks 29 to 43 of the list, by number where a class of cases exists; single ones are tested where they belong.

29-33 at every door for pictures: tests/pictures/test_uploads.py; for evidence: tests/certification/test_files.py.
34 evidence: tests/test_access.py, tests/certification/test_files.py. 35 spreadsheets out: each export's own test, in:
tests/imports/test_hostile.py. 40 guessing and telling accounts: tests/users. 42 addresses typed by people:
tests/core/test_fetch.py, tests/imports.
"""
