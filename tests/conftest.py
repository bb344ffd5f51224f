"""What every test shares: an offline browser, private files, and no test passed over in silence."""

import os

import pytest

# Sync playwright runs an event loop in the test's thread; Django's ORM must not refuse it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
