"""The drafting desk: autosave of 50 officers typing at once against a view of one UPDATE, and the one search box."""

from __future__ import annotations

import io
import os
import random
import statistics
import threading
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from django.urls import reverse

from campaigns.gate import actor_in
from campaigns.models import Organization, Paper, User
from reports import finding
from reports.models import Block, Report, Section
from tests.bench.measure import Report as Ratios
from tests.bench.measure import seconds

OFFICERS = 50
PAUSE = 2.0  # seconds between two pauses of one officer's typing
FOR = 12.0  # seconds
WORDS = "triển khai kế hoạch chuyển đổi số cộng đồng phong trào tuyên truyền kiện toàn tổ công nghệ".split()
PAPERS = 100_000
#: Milliseconds in which the search box answers.
SOON = 50


def blocks() -> list[Block]:
    """One block for each officer, in reports of their own."""
    ward = Organization.objects.get(code="nhi-chieu")
    made = []
    for at in range(OFFICERS):
        report = Report.objects.create(organization=ward, subject=f"Báo cáo {at}")
        section = Section.objects.create(report=report, heading="Kết quả")
        made.append(Block.objects.create(section=section, kind="narrative", content={"html": ""}))
    return made


def typing(act: Callable[[Client, Block, int], None]) -> float:
    """The 95th percentile, in seconds, of what every officer waits for while all of them type."""
    user = User.objects.get(email__startswith="soanthao")
    waited: list[float] = []

    def officer(block: Block) -> None:
        client = Client()
        client.force_login(user, backend="config.accounts.OfficeAuthenticationBackend")
        time.sleep(random.random() * PAUSE)
        for at in range(int(FOR / PAUSE)):
            waited.append(seconds(lambda at=at: act(client, block, at)))
            time.sleep(PAUSE)
        connections.close_all()

    threads = [threading.Thread(target=officer, args=(block,)) for block in blocks()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.quantiles(waited, n=20)[18]


def text(at: int) -> str:
    return f"<p>{' '.join(WORDS * 20)} {at}</p>"


def autosave(client: Client, block: Block, at: int) -> None:
    sent = {"version": at, f"b{block.pk}-html": text(at)}
    url = reverse("block_save", args=[block.pk])
    assert client.post(url, sent, headers={"X-Autosave": "1"}).status_code == 200


def bare(client: Client, block: Block, at: int) -> None:
    assert client.post(f"/bare/{block.pk}/", {"html": text(at)}).status_code == 200


def desk(ratios: Ratios) -> None:
    queue = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend"}
    }  # PDFs are the worker's, as in an office
    with override_settings(ROOT_URLCONF="tests.bench.bare", TASKS=queue):
        saved, updated = typing(autosave), typing(bare)
    note = f"{saved * 1000:.0f} ms and {updated * 1000:.0f} ms"
    ratios.ratio(f"autosave p95 of {OFFICERS} officers / a view of one UPDATE", saved / updated, 8, note)


def search(ratios: Ratios) -> None:
    ward = Organization.objects.get(code="nhi-chieu")
    chance = random.Random(1)
    Paper.objects.bulk_create(
        (
            Paper(
                holder=ward,
                kind=chance.choice(["kế hoạch", "quyết định"]),
                number=str(at % 900 + 1),
                symbol="KH-UBND",
                issuer=f"UBND phường {at}",
                subject=" ".join(chance.choices(WORDS, k=14)),
            )
            for at in range(PAPERS)
        ),
        1000,
    )
    actor = actor_in(User.objects.get(email__startswith="soanthao"), ward)
    for words in ("98/KH-UBND", "kế hoạch 98", "chuyển đổi số", "phuong 99999", "không có chữ này"):
        took = statistics.median(seconds(lambda w=words: list(finding.find(actor, w))) for _ in range(9))
        ratios.ratio(f"search of {PAPERS} papers: {words}, ms", took * 1000, SOON)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    setup_test_environment()
    ratios = Ratios()
    desk(ratios)
    search(ratios)
    ratios.close()


if __name__ == "__main__":
    main()
