"""Images that stamps are drawn from: a person's signature in blue, the agency's seal in red, on nothing."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageStat, UnidentifiedImageError

#: Pixels of the longer side: enough for print at real size, not more than a stamp needs.
LEAST, MOST = 200, 3000
MAX_BYTES = 1024 * 1024
#: The part of the picture that must be see-through, or it would hide the words below.
CLEAR = 0.25


class ImageError(ValueError):
    """A picture that is no good as a stamp; the sentence is for the officer."""


def check(content: bytes, *, seal: bool) -> bytes:
    """The picture, written anew without anything beside its pixels. Raises `ImageError`."""
    if len(content) > MAX_BYTES:
        raise ImageError("Ảnh lớn hơn 1 MB; hãy thu nhỏ.")
    picture = _opened(content)
    _check_size(picture, seal)
    _check_clear(picture)
    _check_colour(picture, seal)
    target = BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _opened(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > MOST or min(picture.size) < 20:
                raise ImageError(f"Cạnh dài của ảnh từ {LEAST} đến {MOST} điểm ảnh.")
            return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        if isinstance(error, ImageError):
            raise
        raise ImageError("Tệp không phải ảnh PNG.") from error


def _check_size(picture: Image.Image, seal: bool) -> None:
    width, height = picture.size
    if max(width, height) < LEAST:
        raise ImageError(f"Ảnh quá nhỏ, in ra sẽ mờ: cạnh dài từ {LEAST} điểm ảnh.")
    if seal and not 0.9 <= width / height <= 1.1:
        raise ImageError("Ảnh dấu tròn phải vuông: cắt sát mép dấu.")


def _check_clear(picture: Image.Image) -> None:
    histogram = picture.getchannel("A").histogram()
    clear = sum(histogram[:32]) / (picture.width * picture.height)
    if clear < CLEAR:
        raise ImageError("Nền ảnh phải trong suốt, nếu không sẽ che chữ trên văn bản.")
    if clear > 0.999:
        raise ImageError("Ảnh trống: không thấy nét nào.")


def _check_colour(picture: Image.Image, seal: bool) -> None:
    """Blue ink for a signature, red for a seal (NĐ 30 Phụ lục I, II.7.d, II.8.a)."""
    red, _, blue = _ink(picture)
    if seal and red < blue + 40:
        raise ImageError("Ảnh dấu phải màu đỏ.")
    if not seal and blue < red + 20:
        raise ImageError("Ảnh chữ ký phải màu xanh.")


def _ink(picture: Image.Image) -> tuple[float, float, float]:
    """The mean colour of what can be seen."""
    small = picture.copy()
    small.thumbnail((300, 300))
    seen = small.getchannel("A").point(lambda opacity: 255 if opacity > 127 else 0)
    if not seen.getbbox():
        return 0, 0, 0
    red, green, blue = ImageStat.Stat(small.convert("RGB"), seen).mean
    return red, green, blue
