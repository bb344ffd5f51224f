"""Images of signatures and seals: see-through, blue or red, large enough, nothing beside pixels kept."""

import pytest
from PIL import Image

from reports.signing import images
from tests.signing import pictures


def test_good_ones_are_taken_and_written_anew():
    kept = images.check(pictures.signature() + b"hidden", seal=False)
    assert kept.startswith(b"\x89PNG")
    assert b"hidden" not in kept
    images.check(pictures.seal(), seal=True)


@pytest.mark.parametrize(
    ("content", "seal", "sentence"),
    [
        (b"GIF89a", False, "không phải ảnh PNG"),
        (pictures.png(Image.new("RGB", (400, 300), (20, 40, 200))), False, "trong suốt"),
        (pictures.png(Image.new("RGBA", (400, 300), (0, 0, 0, 0))), False, "không thấy nét"),
        (pictures.signature((150, 80)), False, "quá nhỏ"),
        (pictures.signature((3600, 200)), False, "Cạnh dài"),
        (pictures.signature(colour=(20, 20, 20)), False, "màu xanh"),
        (pictures.signature((600, 600)), True, "màu đỏ"),
        (pictures.signature((600, 300), (220, 20, 20)), True, "phải vuông"),
        (pictures.seal(), False, "màu xanh"),
    ],
)
def test_others_are_refused_with_a_sentence(content, seal, sentence):
    with pytest.raises(images.ImageError, match=sentence):
        images.check(content, seal=seal)


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(images, "MAX_BYTES", 100)
    with pytest.raises(images.ImageError, match="1 MB"):
        images.check(pictures.signature(), seal=False)
