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


def scan(dots: int = 200, pages: int = 1, mode: str = "RGB", share: float = 1) -> bytes:
    """A PDF of pictures of paper, A4; `share` of the page is covered."""
    size = (round(210 / 25.4 * dots * share), round(297 / 25.4 * dots * share))
    page = Image.new(mode, size, 250 if mode == "L" else (250, 248, 240))
    draw = ImageDraw.Draw(page)
    for line in range(20):
        draw.line(
            [(100, 200 + line * 60), (size[0] - 100, 200 + line * 60)], 40 if mode == "L" else (40, 40, 90), 6
        )
    target = BytesIO()
    page.save(target, "PDF", resolution=dots, save_all=True, append_images=[page] * (pages - 1))
    return target.getvalue()
