"""The interface for other installations: tokens, one package once, limits, codes both ways, its description."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Event, Role
from reports.models import Arrival, Channel, Connection, Report, Sending, Token
from reports.sending import arrivals, client, deliveries, ledger, package, tokens
from reports.urls import urlpatterns
from reports.views import api
from tests.reports.factories import make_user, make_ward, signed_in

from .offices import make_department

PACKAGES = "/api/v1/goi/"


@pytest.fixture
def made(office):
    """A package of the office, and a token by which the ward's machine hands it in at the department."""
    _, words = tokens.make(office.department, office.ward, "máy của phường", office.officer)
    return package.build(office.fresh(), (office.department,)), words


def hand_in(words, content, key=None, **headers):
    given = {"Authorization": f"Bearer {words}", "Idempotency-Key": str(key or uuid.uuid4()), **headers}
    return Client().post(PACKAGES, content, content_type="application/zip", headers=given)


def post(words, address, body):
    headers = {"Authorization": f"Bearer {words}"}
    return Client().post(address, json.dumps(body), content_type="application/json", headers=headers)


def test_a_package_is_taken_in_once_for_its_key(office, made):
    built, words = made
    key = uuid.uuid4()
    first, second = hand_in(words, built.content, key), hand_in(words, built.content, key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    receipt = first.json()
    assert (receipt["sha256"], receipt["matches"], receipt["code"]) == (built.sha256, True, "01")
    assert Arrival.objects.count() == 1
    assert Event.objects.filter(act="arrive").count() == 1
    assert hand_in(words, built.content + b"x", key).status_code == 409
    standing = Client().get(f"{PACKAGES}{key}/", headers={"Authorization": f"Bearer {words}"})
    assert standing.json() == receipt


def test_only_a_living_token_opens_anything(office, made):
    built, words = made
    token = Token.objects.get()
    assert words not in str(vars(token))
    assert token.digest == tokens.digest(words)
    for wrong in ("", "bcp_x", words + "x", words.removeprefix("bcp_"), token.digest):
        assert hand_in(wrong, built.content).status_code == 401
    assert Client().get("/api/v1/goi/").status_code == 401
    tokens.end(token, office.officer)
    assert hand_in(words, built.content).status_code == 401
    assert not Arrival.objects.exists()


def test_a_token_sees_its_own_partners_packages_only(office, made):
    built, words = made
    key = uuid.uuid4()
    hand_in(words, built.content, key)
    _, other = tokens.make(office.department, make_ward(), "khác", office.officer)
    _, elsewhere = tokens.make(make_department("so-khac"), office.ward, "khác", office.officer)
    for wrong in (other, elsewhere):
        headers = {"Authorization": f"Bearer {wrong}"}
        assert Client().get(f"{PACKAGES}{key}/", headers=headers).status_code == 404
        answer = post(wrong, f"{PACKAGES}{key}/trang-thai/", {"code": "13", "reason": "x"})
        assert answer.status_code == 404
    assert hand_in(other, built.content).json()["matches"] is False  # names another sender


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"not a zip", {}, 422),
        (b"", {}, 415),
        (b"x", {"Idempotency-Key": "no"}, 400),
        (b"x", {"Content-Length": "99999999999"}, 413),
        (b"x", {"Content-Length": "many"}, 411),
        (b"x", {"Content-Type": "text/plain"}, 415),
    ],
)
def test_what_is_no_package_is_refused_with_its_reason(made, content, headers, status):
    answer = hand_in(made[1], content, **headers)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("broken", ["lies", "bomb", "names", "no data", "odd data", "deep"])
def test_a_hostile_package_is_refused_and_nothing_breaks(made, broken, monkeypatch):
    from reports.sending import zipped

    files = zipped.opened(made[0].content)
    if broken == "bomb":
        monkeypatch.setattr(zipped, "MOST_BYTES", 10_000)
    contents = {
        "lies": lambda: made[0].content[:-200],
        "bomb": lambda: zipped.archive({**files, "a.txt": b"0" * 50_000}),
        "names": lambda: zipped.archive({**files, "../../etc/passwd": b"x"}),
        "no data": lambda: zipped.archive({"manifest.json": files["manifest.json"]}),
        "odd data": lambda: zipped.archive({**files, "data.json": b'{"report": 5, "tree": [1]}'}),
        "deep": lambda: zipped.archive({**files, "data.json": b"[" * 100_000}),
    }
    assert hand_in(made[1], contents[broken]()).status_code == 422
    assert not Arrival.objects.exists()


def test_methods_and_bodies_that_do_not_fit(made):
    words, key = made[1], uuid.uuid4()
    headers = {"Authorization": f"Bearer {words}"}
    assert Client().get(PACKAGES, headers=headers).status_code == 405
    hand_in(words, made[0].content, key)
    address = f"{PACKAGES}{key}/trang-thai/"
    assert Client().post(address, "{", content_type="application/json", headers=headers).status_code == 400
    assert post(words, address, []).status_code == 400
    assert post(words, address, {"code": "03"}).status_code == 422
    assert post(words, address, {"code": "13"}).status_code == 422
    assert post(words, address, {"code": "13", "reason": "Gửi nhầm"}).json()["recall"] == "13"
    assert Arrival.objects.get().recall == "13"


# --- the sender's side --------------------------------------------------------------------------------


@pytest.fixture
def linked(office, monkeypatch):
    """The department is another installation: what the client sends goes through the interface of this one.

    Both share a database here, so the far side is a second body with its own token and code.
    """
    _, words = tokens.make(office.department, office.ward, "máy của phường", office.officer)
    Connection.objects.create(
        organization=office.ward,
        partner=office.department,
        address="https://so.example",
        secret=client.encrypted(words),
    )
    line = Line()
    monkeypatch.setattr("urllib.request.OpenerDirector.open", line.open)
    return line


class Line:
    """The network between two installations: `down` makes it fail, `lost` loses the answer after the act."""

    down = lost = False
    calls = 0

    def open(self, request, data=None, timeout=None):
        self.calls += 1
        if self.down:
            raise OSError("connection refused")
        path = "/" + request.full_url.split("/", 3)[3]
        headers = {name: value for name, value in request.header_items()}
        kind = headers.pop("Content-type", "application/json")
        ask = Client().generic(request.method, path, request.data or b"", content_type=kind, headers=headers)
        if self.lost:
            raise TimeoutError("timed out")
        return Answer.of(request, ask)


class Answer:
    def __init__(self, content):
        self.content = content

    @classmethod
    def of(cls, request, response):
        import io
        import urllib.error

        if response.status_code >= 300:
            body = io.BytesIO(response.content)
            raise urllib.error.HTTPError(request.full_url, response.status_code, "", {}, body)
        return cls(response.content)

    def read(self, most):
        return self.content[:most]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def test_a_connection_carries_the_report_and_brings_its_codes_back(office, linked):
    assert deliveries.way_to(office.ward, office.department) == Channel.HTTP
    sending = office.carry()
    assert (sending.channel, sending.code, office.fresh().status) == ("http", "01", "sent")
    assert sending.receipt["sha256"] == sending.package_sha256
    arrival = office.arrival
    assert arrival.sending is None
    from campaigns.gate import actor_in

    arrivals.answer(arrival, "03", "", actor_in(office.officer, office.department))
    assert deliveries.learn(sending) == 1
    assert deliveries.learn(sending) == 0
    sending.refresh_from_db()
    assert (sending.code, office.fresh().status) == ("03", "received")


@pytest.mark.parametrize("fault", ["down", "lost"])
def test_what_was_not_answered_is_sent_again_and_arrives_once(office, linked, fault):
    setattr(linked, fault, True)
    sending = office.carry()
    assert (sending.sent_at, sending.stopped_at, sending.attempts) == (None, None, 1)
    assert sending.error
    assert sending.next_try_at > timezone.now()
    deliveries.attempt(sending.pk)
    sending.refresh_from_db()
    first, second = sending.made_at, sending.next_try_at
    assert (second - first).total_seconds() > 30  # twice as long as the first pause
    setattr(linked, fault, False)
    deliveries.attempt(sending.pk)
    sending.refresh_from_db()
    assert sending.sent_at
    assert Arrival.objects.count() == 1
    assert office.fresh().status == "sent"


def test_a_refused_token_is_not_tried_again_by_itself(office, linked):
    Token.objects.update(ended_at=timezone.now())
    sending = office.carry()
    assert sending.stopped_at
    assert "401" in sending.error
    clerk = signed_in(office.people["clerk"])
    shown = clerk.get(reverse("sending_receipt", args=(office.report.pk, sending.pk))).content.decode()
    assert "Gửi lại ngay" in shown
    Token.objects.update(ended_at=None)
    deliveries.again(sending)
    deliveries.attempt(sending.pk)
    sending.refresh_from_db()
    assert sending.sent_at


def test_a_recall_travels_the_same_way(office, linked):
    sending = office.carry()
    office.act("recall", "clerk", reason="Sai số liệu", channel="Thư", happened_at=timezone.now())
    deliveries.ask_back(sending.pk)
    arrival = office.arrival
    assert (arrival.recall, arrival.codes[-1]["reason"]) == ("13", "Sai số liệu")


def test_an_answer_is_told_to_the_senders_installation_once(office, linked):
    from campaigns.gate import actor_in

    sending = office.carry()
    _, words = tokens.make(office.ward, office.department, "máy của Sở", office.people["clerk"])
    Connection.objects.create(
        organization=office.department,
        partner=office.ward,
        address="https://phuong.example",
        secret=client.encrypted(words),
    )
    officer = actor_in(office.officer, office.department)
    arrivals.answer(office.arrival, "03", "", officer)
    linked.down = True
    deliveries.answer(office.arrival.pk)
    assert office.fresh().status == "sent"
    linked.down = False
    deliveries.answer(office.arrival.pk)
    deliveries.answer(office.arrival.pk)
    sending.refresh_from_db()
    assert [told["code"] for told in sending.codes] == ["01", "03"]
    assert office.fresh().status == "received"
    assert "máy của Sở" in sending.confirmation.channel


def test_the_recipients_machine_tells_codes_and_a_stranger_cannot(office):
    sending = ledger.queue(office.fresh(), Channel.HTTP, office.department, office.people["clerk"])
    _, words = tokens.make(office.ward, office.department, "máy của Sở", office.people["clerk"])
    address = f"/api/v1/lan-gui/{sending.key}/trang-thai/"
    assert post(words, address, {"code": "03"}).status_code == 404  # it has not left
    monkey = {"receiver": "Sở", "arrived_at": timezone.now().isoformat(), "matches": True}
    deliveries._arrived(sending, monkey)
    _, stranger = tokens.make(office.ward, make_department("so-khac"), "khác", office.people["clerk"])
    assert post(stranger, address, {"code": "03"}).status_code == 404
    assert post(words, address, {"code": "13", "reason": "x"}).status_code == 422
    assert post(words, address, {"code": "02"}).status_code == 422
    told = {"code": "03", "at": "2999-01-01T00:00:00+07:00", "by": "Văn thư Sở"}
    assert post(words, address, told).json()["new"] is True
    assert post(words, address, told).json()["new"] is False
    assert Report.objects.get(pk=office.report.pk).status == "received"
    assert Sending.objects.get().confirmation.happened_at <= timezone.now()


# --- settings and description -------------------------------------------------------------------------


def test_an_administrator_makes_and_ends_tokens_and_connections(office):
    admin = signed_in(make_user(office.ward, Role.ADMINISTRATOR))
    clerk = signed_in(office.people["clerk"])
    stranger = signed_in(make_user(make_ward(), Role.ADMINISTRATOR))
    shown = admin.post(reverse("token_add"), {"partner": office.department.pk, "name": "máy Sở"})
    token = Token.objects.get()
    words = shown.content.decode().split("<code>")[1].split("</code>")[0]
    assert tokens.digest(words) == token.digest
    assert shown["Cache-Control"] == "no-store"
    listed = admin.get(reverse("connection_list")).content.decode()
    assert "máy Sở" in listed
    assert words not in listed
    given = {"partner": office.department.pk, "address": "https://so.example", "secret": "bcp_bi-mat"}
    assert admin.post(reverse("connection_add"), given).status_code == 302
    connection = Connection.objects.get()
    assert "bi-mat" not in connection.secret
    assert admin.post(reverse("connection_add"), given).status_code == 422
    ended = [reverse("token_end", args=(token.pk,)), reverse("connection_end", args=(connection.pk,))]
    for address in (reverse("connection_list"), reverse("token_add"), reverse("connection_add")):
        assert clerk.get(address).status_code == 403
        assert Client().get(address).status_code == 302
    for address in ended:
        assert stranger.post(address).status_code == 404
        assert clerk.post(address).status_code == 403
        assert admin.post(address).status_code == 302
    token.refresh_from_db()
    assert token.ended_at
    assert not Connection.objects.exists()


@pytest.mark.parametrize("address", ["http://so.example", "ftp://so.example", "https://a:b@so.example", "so"])
def test_an_address_that_would_give_the_token_away_is_refused(office, settings, address):
    settings.HTTPS = True
    from campaigns.gate import actor_in
    from reports.forms.connections import ConnectionForm

    admin = actor_in(make_user(office.ward, Role.ADMINISTRATOR), office.ward)
    given = {"partner": office.department.pk, "address": address, "secret": "x"}
    form = ConnectionForm(admin, given)
    assert form.errors["address"]
    assert not ConnectionForm(admin, {**given, "address": "https://so.example"}).errors


def test_the_description_names_every_address_and_the_limits():
    described = json.loads(Client().get("/api/v1/openapi.json").getvalue())
    own = {str(row.pattern) for row in urlpatterns if row.name.startswith("api_")} - {"api/v1/openapi.json"}
    assert {path.strip("/").replace("{key}", "<uuid:key>") + "/" for path in described["paths"]} == own
    body = described["paths"]["/api/v1/goi/"]["post"]["requestBody"]["content"]["application/zip"]
    assert body["schema"]["maxLength"] == api.most_bytes()
    told = described["paths"]["/api/v1/lan-gui/{key}/trang-thai/"]["post"]["requestBody"]
    code = told["content"]["application/json"]["schema"]["properties"]["code"]
    assert code["enum"] == api.FROM_RECIPIENT


def test_a_receipt_has_the_fields_described(office, made):
    described = json.loads(api.DESCRIPTION.read_text())["components"]["schemas"]["Receipt"]
    receipt = hand_in(made[1], made[0].content).json()
    assert set(receipt) == set(described["required"]) == set(described["properties"])
