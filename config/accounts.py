"""How accounts come to be: the office makes them, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Sign-in as allauth does it, with sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
