"""What the processes of `tests.processes` run with: the development settings, letters to files, real caches."""

import os

from marketplace.settings.dev import *  # noqa: F403

EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
