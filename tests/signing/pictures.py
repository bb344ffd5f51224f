"""A blue signature and a red seal drawn for tests, as PNG."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def signature(size: tuple[int, int] = (600, 300), colour: tuple[int, int, int] = (20, 50, 200)) -> bytes:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.line(
        [(20, height - 60), (width // 3, 40), (width // 2, height - 40), (width - 30, 60)], (*colour, 255), 14
    )
    return png(picture)


def seal(side: int = 600) -> bytes:
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([10, 10, side - 10, side - 10], outline=(220, 20, 20, 255), width=18)
    draw.ellipse([120, 120, side - 120, side - 120], outline=(220, 20, 20, 255), width=8)
    return png(picture)


def png(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
