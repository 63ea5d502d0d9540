"""Each of the three forms, filled in every field and printed as a document, is read back field by field."""

from __future__ import annotations

import pytest

from tests.ingest.printed import place_of, print_form, read, says

FORMS = ("様式2", "様式3", "様式4")


@pytest.mark.parametrize("name", FORMS)
def test_every_field_is_read_back(name: str) -> None:
    printed = print_form(name)
    assessment = read(printed.text)
    found: dict[tuple[str, str, str], list] = {}
    for item in assessment.items:
        found.setdefault(place_of(item), []).append(item)
    lost = [at for at, value in printed.said.items() if not any(says(i, value) for i in found.get(at, []))]
    assert lost == []
    assert assessment.form == name


@pytest.mark.parametrize("name", FORMS)
def test_a_whole_form_has_no_gaps_and_leaves_nothing_over(name: str) -> None:
    assessment = read(print_form(name).text)
    assert assessment.gaps == ()
    assert assessment.remainders == ()


@pytest.mark.parametrize("name", FORMS)
def test_keys_are_unique_and_orders_run_on(name: str) -> None:
    items = read(print_form(name).text).items
    assert len({i.key for i in items}) == len(items)
    assert [i.order for i in items] == list(range(len(items)))


@pytest.mark.parametrize("name", FORMS)
def test_the_change_row_speaks_of_the_first_item(name: str) -> None:
    change = next(r for r in read(print_form(name).text).records if type(r).__name__ == "Change")
    assert change.before.value == "旧"
    assert change.after.value == "新"
    assert change.target.value.startswith("I.1")
