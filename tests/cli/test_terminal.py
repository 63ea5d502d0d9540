"""What is written to the terminal cannot steer it."""

from __future__ import annotations

import pytest

from api.terminal import harmless, show, show_table, tell

STEERING = "甲\x1b]0;題\x07\x1b[2J\u009b31m\u202e\r乙"


def test_texts_and_tables_steer_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show(STEERING)
    tell(STEERING)
    show_table(("見出し",), [(STEERING,)])
    written = capsys.readouterr()
    assert not set("\x1b\x07\x9b\u202e\r") & set(written.out + written.err)
    assert (written.out.count("甲"), written.err.count("甲")) == (2, 1)


def test_lines_and_tabs_stay() -> None:
    assert harmless("一\n\t二 ☑\ufe0f 辻\U000e0100") == "一\n\t二 ☑\ufe0f 辻\U000e0100"
