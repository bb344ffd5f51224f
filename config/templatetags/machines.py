"""A browser's own description of itself, in words an officer knows."""

from collections.abc import Iterable

from django import template

register = template.Library()

# Marks in that description, the telling one first: Edge also calls itself Chrome, Chrome calls itself Safari.
BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox")),
    *(("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari")),
)
SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "điện thoại Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Mac OS", "máy Mac"), ("Linux", "Linux")),
)


@register.filter
def machine(user_agent: str) -> str:
    """ "Chrome trên Windows"; the browser's own words when neither is known."""
    known = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return " trên ".join(filter(None, known)) or user_agent or "Không rõ"


def _first(marks: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for mark, name in marks if mark.lower() in text.lower()), "")
