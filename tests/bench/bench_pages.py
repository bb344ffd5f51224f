"""Pages against a bare one-query page in process, queries as tables grow, a copy against a rendering, and
a light page's p95 while PDFs are made by the worker."""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.request

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from campaigns.models import Organization, Paper, Team, User
from reports import exports
from reports.models import Block, Report
from tests.bench.measure import Report as Ratios
from tests.bench.measure import seconds, side_by_side

DRAFTER = "soanthao"
BARE = "/healthz"  # a page of one query, through the same client and middleware


def draft_with(kind: str) -> Block:
    """The longest block of a kind in a draft of the demonstration."""
    blocks = Block.objects.filter(kind=kind, section__report__status="draft").select_related("section")
    return max(blocks, key=lambda block: len(str(block.content)))


def pages(ratios: Ratios, client: Client) -> None:
    for kind, limit in (("narrative", 12), ("papers", 20)):
        block = draft_with(kind)
        if kind == "papers":
            first = block.content["rows"][0]
            block.content["rows"] = [dict(first) for _ in range(12)]
            block.save()
        url = reverse("section", args=[block.section_id])
        page, plain = side_by_side(lambda url=url: client.get(url), lambda: client.get(BARE))
        ratios.ratio(f"section page ({kind}) / bare page", page / plain, limit, f"{page * 1000:.1f} ms")


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


def growth(ratios: Ratios, client: Client) -> None:
    ward = Organization.objects.get(code="nhi-chieu")
    block = draft_with("papers")
    report = block.section.report_id
    urls = [
        reverse("section", args=[block.section_id]),
        *(reverse(name, args=[report]) for name in ("report", "report_review", "report_history")),
        *(reverse(name) for name in ("team_list", "paper_list", "report_list", "register", "home")),
    ]
    sign = {"organization": ward, "drafter": User.objects.get(email__startswith=DRAFTER), "symbol": "BC-UBND"}
    for status in ("draft", "submitted"):  # one of each before, so that no list is empty
        Report.objects.create(subject="Một báo cáo", status=status, round=1, **sign)
    before = [queries(client, url) for url in urls]
    Team.objects.bulk_create(Team(organization=ward, name=f"Tổ {at}") for at in range(2700))
    Paper.objects.bulk_create(
        (Paper(holder=ward, kind="kế hoạch", number=f"{at}", symbol="KH-DEMO") for at in range(10_000)), 1000
    )
    Report.objects.bulk_create(
        (
            Report(subject=f"Báo cáo số {at}", status=("draft", "submitted")[at % 2], round=1, **sign)
            for at in range(10_000)
        ),
        500,
    )
    after = [queries(client, url) for url in urls]
    for url, few, many in zip(urls, before, after, strict=True):
        ratios.ratio(f"queries of {url}", many, 40, f"{few} before")
        ratios.ratio(f"queries of {url}, grown / before", many / few, 1)


def copies(ratios: Ratios) -> None:
    report = Report.objects.get(number="274")
    exports.queue(report, "pdf")
    document = exports.document_of(report)

    def again() -> bytes:
        wanted = exports.key(document, "pdf")
        return report.files.get(format="pdf", key=wanted).content.read()

    made, copied, whole = side_by_side(
        lambda: exports.write(document, "pdf"), again, lambda: exports.ready(report, "pdf")
    )
    ratios.ratio("unchanged tree asked again / rendering", copied / made, 1 / 50, f"{copied * 1000:.1f} ms")
    print(f"      with the tree built from the tables first: {whole / made:.3f} ({whole * 1000:.1f} ms)")


def p95(url: str, until: float) -> float:
    times = []
    while time.perf_counter() < until:
        times.append(seconds(lambda: urllib.request.urlopen(url).read()))
        time.sleep(0.01)
    return statistics.quantiles(times, n=20)[18]


def while_pdfs_are_made(ratios: Ratios) -> None:
    """The web server answers /healthz; PDFs are made in a process of their own, as the worker does."""
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}"}
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-w", "2", "--threads", "4"]
    server = subprocess.Popen(
        [*command, "-b", "127.0.0.1:29874", "--log-level", "error", "config.wsgi"], env=env
    )
    code = (
        "from tests.document.reference import document; from reports.document import pdf;"
        "from reports.document.numbering import resolve\n"
        "for _ in range(1000): pdf.render(resolve(document(), {}))"
    )
    url = "http://127.0.0.1:29874/healthz"
    try:
        wait_for(url)
        idle = p95(url, time.perf_counter() + 6)
        worker = subprocess.Popen(
            ["nice", "-n", "10", sys.executable, "-c", code], env=env
        )  # as `serve` does
        time.sleep(2)
        busy = p95(url, time.perf_counter() + 10)
        worker.kill()
        ratios.ratio("light page p95 while PDFs are made / idle", busy / idle, 2.5, f"{busy * 1000:.1f} ms")
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url)
            return
        except OSError:
            threading.Event().wait(0.1)
    raise TimeoutError(url)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    setup_test_environment()
    client = Client()
    client.force_login(User.objects.get(email__startswith=DRAFTER))
    ratios = Ratios()
    pages(ratios, client)
    growth(ratios, client)
    copies(ratios)
    while_pdfs_are_made(ratios)
    ratios.close()


if __name__ == "__main__":
    main()
