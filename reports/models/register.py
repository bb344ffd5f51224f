"""The register of outgoing papers: series of numbers and their entries (NĐ 30 Điều 14-15, Phụ lục IV)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaigns.citations import KINDS, code_of
from campaigns.models import Organization, Paper
from campaigns.models.owned import OwnedQuerySet
from campaigns.search import FoldedField

from .files import FileState
from .reports import Report

#: A series for every kind of paper, where the head of the agency decided on one common series.
COMMON = "*"


class Source(models.TextChoices):
    HERE = "here", "Cấp tại đây"
    CITY = "city", "Cấp trên hệ thống của thành phố, nhập vào đây"


class EntryState(models.TextChoices):
    GIVEN = "given", "Đã cấp"
    VOID = "void", "Đã hủy"


def series_kinds() -> list[tuple[str, str]]:
    """Abbreviations of the kinds a state body issues, "" is the công văn, and the common series."""
    issued = [kind for kind in KINDS.values() if kind.family == "state"]
    named = {kind.code: kind.name[:1].upper() + kind.name[1:] for kind in issued if kind.code}
    return [("", "Công văn"), *named.items(), (COMMON, "Sổ chung cho mọi loại")]


class Series(models.Model):
    """The numbers of one kind of paper in one year; the next year's opens itself from this one."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="series", verbose_name="đơn vị"
    )
    kind = models.CharField("loại văn bản", max_length=10, blank=True, choices=series_kinds)
    name = models.CharField("tên sổ", max_length=150, help_text="Ví dụ: Báo cáo.")
    symbol = models.CharField(
        "ký hiệu", max_length=40, help_text="Ví dụ: BC-UBND. Công văn: UBND, phòng soạn thảo thêm ở sau."
    )
    year = models.PositiveIntegerField("năm")
    starts_on = models.DateField("từ ngày", help_text="Ngày 01/01, hoặc ngày đơn vị bắt đầu hoạt động.")
    source = models.CharField("nơi cấp số", max_length=10, choices=Source.choices, default=Source.HERE)
    first_number = models.PositiveIntegerField(
        "số đầu tiên cấp ở đây", default=1, help_text="Lớn hơn 01 khi bắt đầu dùng sổ này giữa năm."
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ cấp số"
        ordering = ("-year", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "symbol", "year"),
                name="series_once",
                violation_error_message="Sổ có ký hiệu này của năm này đã có.",
            ),
            models.CheckConstraint(
                name="series_first_number",
                condition=Q(first_number__gte=1),
                violation_error_message="Số đầu tiên phải từ 1.",
            ),
            models.CheckConstraint(
                name="series_starts_in_its_year",
                condition=Q(starts_on__year=F("year")),
                violation_error_message="Ngày bắt đầu phải ở trong năm của sổ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} năm {self.year} (…/{self.symbol})"

    @property
    def is_gapless(self) -> bool:
        return self.source == Source.HERE


def _person(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=words
    )


class Entry(models.Model):
    """One number that was given: never deleted, never given again; a void number keeps its row."""

    owner = "series__organization"

    series = models.ForeignKey(Series, models.PROTECT, related_name="entries", verbose_name="sổ")
    number = models.PositiveIntegerField("số")
    suffix = models.CharField("chữ theo sau số", max_length=5, blank=True)
    symbol = models.CharField("ký hiệu", max_length=60)
    dated = models.DateField("ngày, tháng, năm của văn bản")
    title = models.CharField("tên loại", max_length=100)
    subject = models.TextField("trích yếu", max_length=2000)
    signer = models.CharField("người ký", max_length=100, blank=True)
    recipients = models.TextField("nơi nhận", max_length=4000, blank=True)
    keeper = models.CharField("đơn vị, người nhận bản lưu", max_length=200, blank=True)
    copies = models.PositiveIntegerField("số lượng bản", null=True, blank=True)
    sent_on = models.DateField("ngày chuyển", null=True, blank=True)
    received = models.CharField("ký nhận", max_length=200, blank=True)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    urgent = models.BooleanField("văn bản khẩn", default=False)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="báo cáo"
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="văn bản"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cấp số"
    )
    given_at = models.DateTimeField("cấp lúc", auto_now_add=True)

    state = models.CharField(
        "tình trạng", max_length=10, choices=EntryState.choices, default=EntryState.GIVEN
    )
    void_reason = models.CharField("lý do hủy số", max_length=500, blank=True)
    void_by = _person("người đề nghị hủy")
    void_confirmed_by = _person("người đồng ý hủy")
    back_dated_reason = models.CharField("lý do ghi lùi ngày", max_length=500, blank=True)
    back_dated_by = _person("người đề nghị ghi lùi ngày")
    back_dated_confirmed_by = _person("người đồng ý ghi lùi ngày")
    search = FoldedField(of=("code", "title", "subject", "signer", "recipients", "note"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng trong sổ văn bản đi"
        ordering = ("series", "number", "suffix")
        indexes = [models.Index(fields=("series", "dated"), name="entry_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=("series", "number", "suffix"),
                name="entry_number_once",
                violation_error_message="Số này đã có trong sổ.",
            ),
            models.UniqueConstraint(
                fields=("report",),
                condition=Q(state=EntryState.GIVEN),
                name="entry_of_report_once",
                violation_error_message="Báo cáo này đã có số.",
            ),
            models.UniqueConstraint(
                fields=("paper",),
                condition=Q(state=EntryState.GIVEN),
                name="entry_of_paper_once",
                violation_error_message="Văn bản này đã có trong sổ.",
            ),
            models.CheckConstraint(name="entry_number", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="entry_void_by_two",
                condition=(
                    Q(state=EntryState.GIVEN, void_confirmed_by=None)
                    | Q(state=EntryState.VOID, void_by__isnull=False, void_confirmed_by__isnull=False)
                    & ~Q(void_reason="")
                    & ~Q(void_confirmed_by=F("void_by"))
                ),
            ),
            models.CheckConstraint(
                name="entry_void_asked_with_reason",
                condition=Q(void_by=None, void_reason="") | Q(void_by__isnull=False) & ~Q(void_reason=""),
            ),
            models.CheckConstraint(
                name="entry_back_dated_by_two",
                condition=(
                    Q(back_dated_reason="", back_dated_by=None, back_dated_confirmed_by=None)
                    | Q(back_dated_by__isnull=False, back_dated_confirmed_by__isnull=False)
                    & ~Q(back_dated_reason="")
                    & ~Q(back_dated_confirmed_by=F("back_dated_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def printed_number(self) -> str:
        """Under 10 with a zero before it (NĐ 30 Phụ lục I, II.3): 06, 274, 274a."""
        return f"{self.number:02d}{self.suffix}"

    @property
    def code(self) -> str:
        """Number and symbol as one word: 274/BC-UBND."""
        return code_of(self.printed_number, self.symbol)

    @property
    def remarks(self) -> str:
        """The tenth column: the note, and what happened to the number."""
        told = [self.note]
        if self.is_void:
            told.append(f"Số đã hủy: {self.void_reason}")
        elif self.is_void_asked:
            told.append("Đang đề nghị hủy số")
        if self.back_dated_reason:
            told.append(f"Ghi lùi ngày: {self.back_dated_reason}")
        return "\n".join(part for part in told if part)

    @property
    def is_void(self) -> bool:
        return self.state == EntryState.VOID

    @property
    def is_void_asked(self) -> bool:
        """Somebody asked to void it and nobody has agreed yet."""
        return self.void_by_id is not None and not self.is_void


class BackDating(models.Model):
    """Leave to give one number an earlier day than the last one's: asked, agreed to by another, used once."""

    owner = "series__organization"

    series = models.ForeignKey(Series, models.PROTECT, related_name="back_datings", verbose_name="sổ")
    dated = models.DateField("ngày ghi trên văn bản")
    reason = models.CharField("lý do", max_length=500)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="back_datings", verbose_name="báo cáo"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đề nghị"
    )
    asked_at = models.DateTimeField("đề nghị lúc", auto_now_add=True)
    confirmed_by = _person("người đồng ý")
    confirmed_at = models.DateTimeField("đồng ý lúc", null=True, blank=True)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, related_name="back_dating", verbose_name="số đã cấp"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị ghi lùi ngày"
        ordering = ("-asked_at", "-id")
        constraints = [
            models.CheckConstraint(name="back_dating_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="back_dating_by_two",
                condition=Q(confirmed_by=None, entry=None)
                | Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, ngày {self.dated:%d/%m/%Y}"


class Book(models.Model):
    """The register printed: one PDF, kept by the key of the rows, the style and the engine it was made from."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="books")
    year = models.PositiveIntegerField("năm", null=True, blank=True)
    symbol = models.CharField("sổ", max_length=40, blank=True)  # of one series; "" prints them all
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.QUEUED)
    content = models.FileField(upload_to="books/%Y/%m", blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ in"
        constraints = [models.UniqueConstraint(fields=("organization", "key"), name="book_once")]

    def __str__(self) -> str:
        return f"{self.organization}, {self.symbol} {self.year or ''}".strip()
