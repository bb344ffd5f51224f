"""The project's settings as tests need them: a folder of their own, fast passwords, tasks done at once."""

import os
import tempfile

# Kept as a module variable: the folder is removed when the interpreter ends.
FOLDER = tempfile.TemporaryDirectory(prefix="ward-reports-tests-", ignore_cleanup_errors=True)
os.environ |= {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "tests-only-" + "0123456789abcdef" * 4,
    "DEMO": "1",
    "DEBUG": "0",
    "HTTPS": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "CSRF_TRUSTED_ORIGINS": "",
    "DATA_DIR": FOLDER.name,
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "WARNING",
}
# Only TEST_DATABASE_URL chooses the tests' database, so no test ever touches a real one.
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{FOLDER.name}/db.sqlite3"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER.name}/test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
