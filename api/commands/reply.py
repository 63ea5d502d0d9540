"""`hyoka reply`: an inquiry of a resident, answered as a letter from the published assessments."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.opening import answerer_of, opened, read_settings
from api.terminal import show, show_json, tell
from ingest.errors import NotText
from rag.errors import BadEntry

if TYPE_CHECKING:
    from rag.reply.types import Reply

Choice = TypeVar("Choice", bound=StrEnum)

#: An inquiry is a letter; what is larger is another file.
MAX_BYTES = 1024 * 1024


def reply(
    file: Annotated[
        str, typer.Argument(metavar="ファイル", show_default=False, help="問い合わせの文面。- は標準入力")
    ] = "",
    variant: Annotated[
        str, typer.Option(metavar="種類", help="letter(手紙)、mail、phone(電話の台本)、easy(やさしい日本語)、english")
    ] = "letter",
    length: Annotated[str, typer.Option(metavar="長さ", help="normal または short(短く)")] = "normal",
    document: Annotated[
        str, typer.Option(metavar="評価書", show_default=False, help="この評価書から答えます(例: 川口市-22)。")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """住民の問い合わせに、公表された評価書に書かれていることだけで回答の案を作ります。

    個人番号や氏名などは伏せてから扱います。問い合わせも回答も保存しません。
    """
    from rag.reply.replier import Replier
    from rag.reply.types import Length, Variant

    kind, size = chosen(variant, Variant, "--variant"), chosen(length, Length, "--length")
    text = read_inquiry(file)
    settings = read_settings()
    with opened(settings) as library:
        from rag.privacy import mask

        replier = Replier(answerer_of(library, settings), mask)
        made = replier.reply(text, variant=kind, length=size, document=document)
    if as_json:
        show_json(made.as_dict())
    else:
        show_reply(made)


def chosen(value: str, kinds: type[Choice], option: str) -> Choice:
    """The choice that an option names. Raises BadEntry with the choices there are."""
    try:
        return kinds(value)
    except ValueError:
        known = "、".join(k.value for k in kinds)
        raise BadEntry(f"{option} の「{value}」は選べません。{known} から選んでください。") from None


def read_inquiry(file: str) -> str:
    """The text of an inquiry in any usual encoding. Raises BadEntry."""
    if not file:
        raise BadEntry("問い合わせの文面のファイルを指定してください。標準入力から読むときは - と書いてください。")
    name = "標準入力" if file == "-" else Path(file).name
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else bytes_of(Path(file), name)
    if len(data) > MAX_BYTES:
        raise BadEntry(f"{name}: 問い合わせの文面が大きすぎます(1 MB まで)。お尋ねの部分だけを入れてください。")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise BadEntry(f"{name}: 文面が空です。住民からの手紙、メール、電話メモの文面を入れてください。")
    return decoded(data, name)


def bytes_of(path: Path, name: str) -> bytes:
    """At most one byte more than is taken. Raises BadEntry."""
    if path.is_dir():
        raise BadEntry(f"{name}: フォルダです。問い合わせの文面のファイルを指定してください。")
    try:
        with path.open("rb") as opened_file:
            return opened_file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadEntry(f"{name}: ファイルがありません。名前と場所を確かめてください。") from None
    except OSError as error:
        raise BadEntry(f"{name}: 開けません({error.strerror})。場所と権限を確かめてください。") from error


def decoded(data: bytes, name: str) -> str:
    """Japanese in any usual encoding, or plain English. Raises BadEntry."""
    from ingest.readers.decode import decode

    try:
        text, remarks = decode(data, name)
    except NotText:
        text, remarks = english(data), ()
    if not text:
        raise BadEntry(f"{name}: 文字として読めません。文面をテキスト(文字コードは UTF-8)で保存し直してください。")
    for _ in remarks:
        tell(f"{name}: 末尾が文字の途中で切れています。文面の終わりを確かめてください。")
    return text


def english(data: bytes) -> str:
    """A text without any Japanese; "" where it is no text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() or all(c.isprintable() or c in "\r\n\t" for c in text) else ""


def show_reply(made: Reply) -> None:
    """The letter, and on stderr what the staff must look at."""
    show(made.letter.rstrip())
    masked = "、".join(f"{kind} {count}件" for kind, count in made.found)
    if masked:
        tell(f"伏せたもの: {masked}")
    if made.notice:
        tell(f"確認: {made.notice}")
