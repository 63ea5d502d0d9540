"""POST /api/replies/preview over the samples: the contract, faults in one shape, nothing kept, nothing said again."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

ADDRESS = "/api/replies/preview"
NUMBER = "123456789018"
TEXT = f"青嶺市の国民健康保険の委託先はどこですか。私の個人番号は{NUMBER}です。山田花子"


def post(server: str, **body: object) -> httpx.Response:
    return httpx.post(server + ADDRESS, json=body, timeout=60)


def test_the_contract(sample_server: str) -> None:
    made = post(sample_server, text=TEXT).json()
    assert (made["desk"], made["status"], made["documents"]) == ("IV.2", "answered", ["青嶺市-11"])
    assert made["questions"] == ["青嶺市の国民健康保険の委託先はどこですか"]
    assert {"kind": "個人番号", "count": 1} in made["found"]
    span = next(s for s in made["spans"] if s["kind"] == "個人番号")
    assert TEXT[span["start"] : span["end"]] == NUMBER
    assert NUMBER not in str({**made, "spans": []})
    assert "株式会社青嶺みらいシステムズ" in made["letter"]
    assert {c["marker"] for c in made["citations"]} == set(range(1, len(made["citations"]) + 1))


@pytest.mark.parametrize("variant", ["mail", "phone", "easy", "english"])
def test_variants(sample_server: str, variant: str) -> None:
    made = post(sample_server, text=TEXT, variant=variant, length="short").json()
    assert (made["variant"], made["length"]) == (variant, "short")
    assert "000-000-1234" in made["letter"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "   "},
        {"text": "委" * 20_001},
        {"text": NUMBER, "variant": "poem"},
        {"text": NUMBER, "length": 3},
        {"text": NUMBER, "more": 1},
        {"text": NUMBER, "document": "青嶺市-99"},
        {"text": None},
    ],
)
def test_wrong_bodies(sample_server: str, body: dict[str, object]) -> None:
    answer = httpx.post(sample_server + ADDRESS, json=body, timeout=60)
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["message"]
    assert NUMBER not in answer.text


def test_nothing_is_kept_or_logged(sample_server: str, sample_home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(sample_server, text=TEXT)
    assert NUMBER not in caplog.text
    assert "山田花子" not in caplog.text
    for path in sample_home.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert NUMBER.encode() not in held, path
            assert "山田花子".encode() not in held, path
            assert "私の個人番号は".encode() not in held, path


def test_a_body_that_is_no_json(sample_server: str) -> None:
    answer = httpx.post(sample_server + ADDRESS, content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
