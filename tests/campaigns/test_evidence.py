"""Files that many people sent at once: whose they are, what is kept, what is read, what is refused."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from campaigns.models import Event, Reading

from .factories import make_indicator, make_neighbourhood, make_reading

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def indicator(ward):
    return make_indicator(ward)


@pytest.fixture
def places(ward):
    return [make_neighbourhood(ward, name=f"Tổ dân phố {n}") for n in range(1, 28)]


def send(client, indicator, *files, **more):
    data = {"nd": [indicator.pk], "tu": "1/5/2026", "den": "31/5/2026", "files": list(files)}
    return client.post(reverse("grid_files"), data | more)


def photo(name, content=PNG):
    return SimpleUploadedFile(name, content)


def sheet(name, *rows):
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return SimpleUploadedFile(name, data.getvalue())


def test_27_files_at_once_each_to_its_place(drafter, indicator, places):
    answer = send(drafter, indicator, *(photo(f"To_{n:02d} thang 5.png") for n in range(1, 28)))
    assert answer.context["dropped"].refused == []
    held = Reading.objects.filter(indicator=indicator).exclude(evidence="")
    assert set(held.values_list("neighbourhood", flat=True)) == {place.pk for place in places}
    assert all(reading.is_missing for reading in held)
    assert Event.objects.get().after["fields"]["Tổ dân phố 5, " + indicator.name] == "To_05 thang 5.png"


def test_a_figure_that_is_there_keeps_and_gets_its_proof(drafter, indicator, places):
    reading = make_reading(indicator, neighbourhood=places[4], value=45)
    send(drafter, indicator, photo("Tổ 5.png"))
    reading.refresh_from_db()
    assert reading.value == 45
    assert reading.evidence.read() == PNG


def test_the_figure_of_a_workbook_waits_to_be_looked_over(drafter, indicator, places):
    file = sheet("Tổ 7.xlsx", ["Nơi", "Số"], ["Tổ dân phố 7", 1204])
    answer = send(drafter, indicator, file)
    cell = next(c for c in answer.context["sheet"].cells if c.place == places[6])
    assert (cell.text, cell.state) == ("1.204", "waiting")
    assert Reading.objects.get().is_missing


def test_what_cannot_be_kept_is_said_file_by_file(drafter, indicator, places):
    held = make_reading(indicator, neighbourhood=places[0], value=1)
    held.evidence.save("cu.png", ContentFile(PNG))
    files = [
        photo("Tổ 1.png"),
        photo("IMG_2041.png"),
        photo("Tổ 2.png", b"x"),
        photo("Tổ 3.exe"),
        photo("Tổ 4.png"),
    ]
    answer = send(drafter, indicator, *files, photo("to-4.png"))
    dropped = answer.context["dropped"]
    assert dropped.kept == {"Tổ dân phố 4": "Tổ 4.png"}
    assert [words.split(":")[0] for words in dropped.refused] == [
        *("Tổ 1.png", "IMG_2041.png", "Tổ 2.png", "Tổ 3.exe", "to-4.png")
    ]
    assert "đổi tên" in answer.content.decode()
    held.refresh_from_db()
    assert "cu" in held.evidence.name


def test_no_file_is_said_beside_the_field(drafter, indicator):
    assert send(drafter, indicator).context["files"].errors["files"]


def test_too_many_files_are_refused_whole(drafter, indicator, places):
    answer = send(drafter, indicator, *(photo("Tổ 1.png") for _ in range(61)))
    assert "nhiều nhất 60" in str(answer.context["files"].errors["files"])
    assert not Reading.objects.exists()


def test_files_are_for_writers_of_the_own_ward(drafter, leader, stranger, indicator, places):
    assert send(leader, indicator, photo("Tổ 1.png")).status_code == 403
    assert send(stranger, indicator, photo("Tổ 1.png")).context["form"].errors["nd"]
    assert drafter.get(reverse("grid_files")).status_code == 405
    assert not Reading.objects.exists()
