"""YAML or JSON text → plain values; nothing else can come out of a file that somebody sends. Used by `profile_file`."""

from __future__ import annotations

import json
from typing import Any

import yaml

from rag.errors import BadEntry


def load(text: str, name: str) -> Any:
    """What a file says. Raises BadEntry, with the line where there is one."""
    try:
        if text.lstrip().startswith("{"):
            return json.loads(text, object_pairs_hook=_once)
        return yaml.load(text, Loader=_Plain)
    except _Told as error:
        raise BadEntry(f"{name}: {error}") from error
    except json.JSONDecodeError as error:
        raise BadEntry(
            f"{name}: {error.lineno}行目が JSON として読めません。括弧と引用符を確かめてください。"
        ) from error
    except RecursionError as error:
        raise BadEntry(f"{name}: 入れ子が深すぎます。「項目: 内容」の形で書いてください。") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{mark.line + 1}行目が" if mark else ""
        raise BadEntry(
            f"{name}: {line}YAML として読めません。「項目: 内容」の形(コロンの後に空白)と字下げを確かめてください。"
        ) from error


class _Told(Exception):
    """A fault that has its sentence already."""


def _once(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    """A map whose keys occur once: of two, one would be lost without a word."""
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if not isinstance(key, str):
            raise _Told(f"項目の名前「{str(key)[:40]}」が文字ではありません。使える項目の名前で書いてください。")
        if key in found:
            raise _Told(f"項目「{key[:40]}」が二度あります。一つにまとめてください。")
        found[key] = value
    return found


class _Plain(yaml.SafeLoader):
    """YAML of texts: no number (012 would become 10) and no date; no aliases, which can make a small file huge."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise _Told("YAML の別名(*名前)は使えません。内容をそのまま書いてください。")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return _once(
            [(self.construct_object(k, deep=True), self.construct_object(v, deep=True)) for k, v in node.value]
        )


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag == "tag:yaml.org,2002:null"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
