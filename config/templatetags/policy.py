"""Tags for pages under the Content-Security-Policy."""

from django import template
from django.forms import Media
from django.utils.safestring import SafeString
from js_asset import Media as NoncedMedia

register = template.Library()


@register.simple_tag(takes_context=True)
def media_with_nonce(context: template.Context, media: Media) -> SafeString:
    """Write a form's media with the request's nonce, which the editor's inline import map needs."""
    return NoncedMedia.from_media(media, nonce=str(context["request"].csp_nonce)).render()
