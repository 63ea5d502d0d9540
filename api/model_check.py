"""The language model's part of `hyoka doctor`: where it is, whether it answers, and what it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.check import check
from rag.settings import Settings
from rag.types import ModelCard, Reach

if TYPE_CHECKING:
    from rag.llm.model import LangChainModel

NONE = "なし(外部送信なし)"


def check_model(settings: Settings) -> bool:
    """Prints the model's lines; False where it cannot be used as it is set."""
    if not settings.llm.strip():
        return check("言語モデル", lambda: NONE)
    opened: list[LangChainModel] = []
    if not check("言語モデル", lambda: probe_opening(settings, opened)):
        return False
    (model,) = opened
    try:
        # A model that gives no text gives no object either, for the same reason.
        return check("  応答", lambda: probe_text(model)) and check("  構造化出力", lambda: probe_object(model))
    finally:
        model.close()


def probe_opening(settings: Settings, opened: list[LangChainModel]) -> str:
    """Opens the model, and says where the text goes."""
    from rag.llm.opening import open_chosen

    model = open_chosen(settings)
    opened.append(model)
    return f"{model.card.name}、{reach(model.card)}"


def probe_text(model: LangChainModel) -> str:
    """Asks for a text, and says how it came."""
    from rag.llm.trial import try_text

    spoken = try_text(model)
    piecewise = f"逐次出力できます({spoken.pieces}片)" if spoken.pieces > 1 else "逐次出力はできません(一度に届きます)"
    return f"最初の語まで {spoken.first_s:.1f}秒、全体 {spoken.whole_s:.1f}秒、{piecewise}"


def probe_object(model: LangChainModel) -> str:
    """Asks for an object."""
    from rag.llm.trial import try_object

    return f"できます({try_object(model)})"


def reach(card: ModelCard) -> str:
    """How far questions and evidence travel."""
    match card.reach:
        case Reach.MACHINE:
            return f"この機械の中({card.host})、外部送信なし"
        case Reach.NETWORK:
            return f"設定したサーバー({card.host})へ送信"
        case Reach.OUTSIDE:
            return f"外部のサービス({card.host})へ送信"
