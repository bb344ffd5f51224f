"""Moving, adding, removing and renumbering sections, of reports and of outlines alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import structure
from reports.models import Mention, OutlineSection, Report, Section
from reports.models.outlines import Part
from reports.structure import Tree

from .factories import make_block, make_outline, make_paper, make_report, make_section


@pytest.fixture
def report(ward):
    """1. Một: a) Con; 2. Hai; 3. Ba"""
    report = make_report(ward)
    for heading in ("Một", "Hai", "Ba"):
        make_section(report, heading)
    make_section(report, "Con", report.sections.get(heading="Một"))
    return report


def shape(owner):
    """The tree in one line of text per section: depth as dashes, label, heading."""
    return [f"{'-' * p.depth}{p.label} {p.section.heading}" for p in Tree.of(owner).places()]


def step(report, heading, step):
    return structure.take_step(report, report.sections.get(heading=heading).pk, step)


def test_labels_follow_scheme_and_depth(report):
    assert shape(report) == ["1. Một", "-a) Con", "2. Hai", "3. Ba"]


@pytest.mark.parametrize(
    ("heading", "way", "after"),
    [
        ("Hai", "up", ["1. Hai", "2. Một", "-a) Con", "3. Ba"]),
        ("Một", "down", ["1. Hai", "2. Một", "-a) Con", "3. Ba"]),
        ("Hai", "in", ["1. Một", "-a) Con", "-b) Hai", "2. Ba"]),
        ("Con", "out", ["1. Một", "2. Con", "3. Hai", "4. Ba"]),
    ],
)
def test_step(report, heading, way, after):
    assert step(report, heading, way)
    assert shape(report) == after


@pytest.mark.parametrize(
    ("heading", "way"), [("Một", "up"), ("Ba", "down"), ("Một", "in"), ("Một", "out"), ("Hai", "sideways")]
)
def test_closed_step_changes_nothing(report, heading, way):
    before = shape(report)
    assert not step(report, heading, way)
    assert shape(report) == before


def test_step_and_back_restores_the_tree(report):
    before = shape(report)
    assert step(report, "Hai", "in")
    assert step(report, "Hai", "out")
    assert step(report, "Ba", "up")
    assert step(report, "Ba", "down")
    assert shape(report) == before


def test_section_of_another_report_is_not_moved(report, ward):
    other = make_report(ward)
    make_section(other, "Lạ")
    alien = make_section(other, "Khác")
    assert not structure.take_step(report, alien.pk, "up")
    assert [s.heading for s in Tree.of(other)] == ["Lạ", "Khác"]


def test_nesting_has_a_floor(ward):
    report = make_report(ward)
    parent = None
    for depth in range(structure.DEEPEST):
        parent = make_section(report, f"Cấp {depth}", parent)
    make_section(report, "Thêm", parent.parent)
    assert not step(report, "Thêm", "in")


def test_carry_takes_the_branch_along(report):
    structure.carry(report, report.sections.get(heading="Một").pk, Part.APPENDIX)
    assert shape(report) == ["1. Hai", "2. Ba", "Phụ lục Một", "-1. Con"]
    assert set(report.sections.filter(part=Part.APPENDIX).values_list("heading", flat=True)) == {"Một", "Con"}


def test_opening_words_carry_no_label(report):
    make_section(report, part=Part.OPENING)
    make_section(report, part=Part.CLOSING)
    assert [shape(report)[0], shape(report)[-1]] == [" ", " "]


def test_printed_labels_win_until_renumbered(report):
    report.sections.filter(heading="Hai").update(label="5.")
    report.sections.filter(heading="Con").update(label="")
    assert shape(report) == ["1. Một", "- Con", "5. Hai", "6. Ba"]
    assert structure.renumber(report) == 1
    assert shape(report) == ["1. Một", "- Con", "2. Hai", "3. Ba"]


def test_remove_takes_texts_and_mentions(report, ward):
    section = report.sections.get(heading="Một")
    block = make_block(section.children.get())
    Mention.objects.create(block=block, paper=make_paper(ward))
    structure.remove(report, section)
    assert shape(report) == ["1. Hai", "2. Ba"]
    assert not Mention.objects.exists()


def test_changes_are_noted(report):
    before = report.changed_at
    step(report, "Hai", "up")
    assert Report.objects.get(pk=report.pk).changed_at > before


def test_outline_moves_by_the_same_code(ward):
    outline = make_outline(ward, "Một", "Hai", scheme="I-1-a")
    section = outline.sections.get(heading="Hai")
    assert structure.take_step(outline, section.pk, "in")
    assert shape(outline) == ["I. Một", "-1. Hai"]
    structure.add(outline, OutlineSection(outline=outline, heading="Ba"))
    assert shape(outline) == ["I. Một", "-1. Hai", "II. Ba"]


@given(
    st.lists(st.tuples(st.integers(1, 12), st.sampled_from([*structure.STEPS, *Part.values])), max_size=40)
)
def test_no_walk_loses_a_section(walk):
    """Whatever is pressed: every section stays, once, orders are dense, parts agree, nothing is too deep."""
    tree = Tree("1-a")
    for pk in range(1, 13):
        section = Section(pk=pk, report_id=1, parent=tree.by_pk.get(pk // 2), part=Part.BODY, heading=str(pk))
        tree.by_pk[pk] = section
        section.order = len(tree.siblings(section))
        tree.siblings(section).append(section)
    for pk, act in walk:
        section = tree.by_pk[pk]
        tree.carry(section, act) if act in Part.values else tree.move(section, act)
    assert sorted(section.pk for section in tree) == list(range(1, 13))
    for group in tree.groups.values():
        assert [section.order for section in group] == list(range(len(group)))
    for place in tree.places():
        assert place.depth < structure.DEEPEST
        assert place.section.parent is None or place.section.parent.part == place.section.part


def test_move_costs_the_same_for_any_size(report, ward, django_assert_max_num_queries):
    Section.objects.bulk_create(Section(report=report, heading=f"M{n}", order=n + 10) for n in range(300))
    with django_assert_max_num_queries(12):
        step(report, "M299", "up")
