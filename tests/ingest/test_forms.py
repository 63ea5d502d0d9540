"""The forms as data: what the official 様式2, 様式3 and 様式4 have, counted, and what the reader relies on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from importlib import resources

import pytest

from ingest.forms import Field, Form, FormItem, load_form

FORMS = ("様式2", "様式3", "様式4")

#: The parts in order with the number of their items; 0 for a cover, a list or free text.
PARTS = {
    "様式2": {"表紙": 0, "I": 9, "II": 3, "III": 0, "IV": 11, "別添": 0},
    "様式3": {"表紙": 0, "I": 7, "II": 7, "別添1": 0, "III": 10, "IV": 2, "V": 3, "別添2": 0},
    "様式4": {
        "表紙": 0, "I": 8, "別添1": 0, "II": 7, "別添2": 0, "III": 7, "IV": 3, "V": 2, "VI": 4, "別添3": 0,
    },
}  # fmt: skip

#: The risks named in each item of part III.
RISKS = {
    "様式3": {"2": 1, "3": 2, "4": 1, "5": 1, "6": 2, "7": 1},
    "様式4": {"2": 4, "3": 4, "4": 5, "5": 3, "6": 7, "7": 3},
}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    """Each form in turn."""
    return load_form(request.param)


def groups(form: Form) -> Iterator[tuple[str, list[Field]]]:
    """Every set of fields that can stand in one place: a part's own, an item's own, and each block of an item."""
    for part in form.parts:
        yield part.id, list(part.fields)
        for item in part.items:
            here = f"{part.id}.{item.number}"
            yield here, list(item.fields)
            for block in item.blocks:
                for number in numbers(item, block.name):
                    yield f"{here} {block.name}{number}", [f for f in block.fields if not f.only or number in f.only]


def numbers(item: FormItem, block: str) -> range:
    """The block's numbers the form itself fixes: リスク1 … of the item; of a block repeated at will, the first."""
    return range(1, len(item.risks) + 1) if block == "リスク" else range(1, 2)


def fields(form: Form) -> Iterator[tuple[str, Field]]:
    """Every field with the place it stands in."""
    for place, group in groups(form):
        for field in group:
            yield place, field


def test_the_form_names_itself(form: Form) -> None:
    assert form.form in FORMS
    assert form.title in {"基礎項目評価書", "重点項目評価書", "全項目評価書"}


def test_another_form_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        load_form("様式9")


def test_parts_stand_in_order_with_their_items(form: Form) -> None:
    assert {p.id: len(p.items) for p in form.parts} == PARTS[form.form]
    assert [p.id for p in form.parts] == list(PARTS[form.form])


def test_items_are_numbered_without_a_gap(form: Form) -> None:
    for part in form.parts:
        assert [i.number for i in part.items] == [str(n) for n in range(1, len(part.items) + 1)], part.id


def test_keys_are_unique_in_item_and_block(form: Form) -> None:
    for place, group in groups(form):
        keys = [f.key for f in group if not f.outer]
        assert len(keys) == len(set(keys)), place


def test_choices_have_options_and_boxes_have_boxes(form: Form) -> None:
    for place, field in fields(form):
        assert (field.type == "choice") == bool(field.options), (place, field.key)
        assert (field.type == "boxes") == bool(field.boxes), (place, field.key)
        assert len(field.options) != 1, (place, field.key)


@pytest.mark.parametrize(
    "name",
    [
        "様式2",
        "様式3",
        "様式4",
    ],
)
def test_options_are_whole_and_differ(name: str) -> None:
    """YAML cuts an unquoted 1,000人未満 in a list into 1 and 000人未満."""
    for place, field in fields(load_form(name)):
        assert len(set(field.options)) == len(field.options), (place, field.key)
        assert len(set(field.boxes)) == len(field.boxes), (place, field.key)
        for option in (*field.options, *field.boxes):
            assert not re.match(r"^000|^\d+$", option), (place, field.key, option)
            assert option.count("(") == option.count(")"), (place, field.key, option)


def test_an_outer_label_holds_a_field_beside_it(form: Form) -> None:
    for place, group in groups(form):
        for field in group:
            assert not field.holds or field.outer, (place, field.label)
            assert not field.holds or field.holds in {f.name for f in group}, (place, field.label)


def test_a_distinctive_label_belongs_to_one_item_of_its_part(form: Form) -> None:
    for part in form.parts:
        owners: dict[str, str] = {}
        for item in part.items:
            for field in (*item.fields, *(f for b in item.blocks for f in b.fields)):
                if field.distinctive:
                    assert owners.setdefault(field.label, item.number) == item.number, (part.id, field.label)


def test_a_repeated_label_follows_the_field_it_details(form: Form) -> None:
    """具体的な方法 may come twice in one place only if another label stands between: order tells them apart."""
    for place, group in groups(form):
        labels = [f.label for f in group]
        assert all(a != b for a, b in itertools.pairwise(labels)), place


@pytest.mark.parametrize("name", sorted(RISKS))
def test_part_III_names_its_risks(name: str) -> None:
    items = load_form(name).part("III").items
    assert {i.number: len(i.risks) for i in items if i.risks} == RISKS[name]


@pytest.mark.parametrize("name", sorted(RISKS))
def test_each_risk_is_answered_and_rated(name: str) -> None:
    for place, group in groups(load_form(name)):
        if " リスク" in place:
            assert "対策は十分か" in {f.name for f in group}, place
            assert len([f for f in group if not f.outer]) >= 2, place


@pytest.mark.parametrize("name", sorted(RISKS))
def test_each_risk_item_closes_with_the_other_risks(name: str) -> None:
    for item in load_form(name).part("III").items:
        closing = [f.name for f in item.fields if f.closing]
        assert closing == (["その他のリスク"] if item.risks else []), item.number


def test_only_part_II_and_III_are_repeated_for_each_file(form: Form) -> None:
    assert {p.id for p in form.parts if p.per_file} == (set() if form.form == "様式2" else {"II", "III"})


def test_the_changes_come_last(form: Form) -> None:
    assert [p.changes for p in form.parts] == [False] * (len(form.parts) - 1) + [True]


def test_every_form_in_the_package_is_one_of_these() -> None:
    names = {f.name for f in resources.files("ingest.forms").iterdir() if f.name.endswith(".yaml")}
    assert names == {f"form{name[-1]}.yaml" for name in FORMS}


def test_form4_counts_of_fields() -> None:
    """Items of the full form that the shorter ones do not have, field by field."""
    form = load_form("様式4")
    of = {place: [f.key for f in group if not f.outer] for place, group in groups(form)}
    assert [k for k in of["II.4 委託事項1"] if len(k) == 1] == list("①②③④⑤⑥⑦⑧⑨")
    assert [k for k in of["II.3"] if len(k) == 1] == list("①②③④⑤⑥⑧⑨")  # ⑦ has two named fields
    assert [k for k in of["III.7 リスク1"] if len(k) == 1] == list("①②③④⑤⑥⑦⑧⑨⑩")
    assert [k for k in of["V.1"] if len(k) == 1] == list("①②③④⑤⑥")
    assert [k for k in of["VI.2"] if len(k) == 1] == list("①②③④⑤")


def test_form2_rates_nine_risks_and_names_the_foremost_measure() -> None:
    items = load_form("様式2").part("IV").items
    assert sum(f.label.endswith("リスクへの対策は十分か") for i in items for f in i.fields) == 9
    assert len(next(f for f in items[10].fields if f.name == "最も優先度が高い対策").options) == 9
