"""The one settings object, read from HYOKA_* in `api` and passed down as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of hyoka; the README's table is tested against these fields."""

    model_config = SettingsConfigDict(env_prefix="HYOKA_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("hyoka", appauthor=False),
        description="データ(目録・ベクトル・索引)を置くフォルダ",
    )
    database_url: str = Field(default="", description="目録のデータベース。空なら HOME の SQLite(PostgreSQL は URL で)")
    chroma_url: str = Field(default="", description="Chroma サーバーのURL。空なら HOME のフォルダ")
    encoder: str = Field(default="bundled", description="文の埋め込み。bundled、モデル名、またはモデルのフォルダ")
    reranker: str = Field(default="", description="並べ替えの cross-encoder(名前またはフォルダ)。空なら使わない")
    llm: str = Field(default="", description="言語モデル。「提供元:モデル」。空なら使わず、外部にも送らない")
    llm_base_url: str = Field(default="", description="言語モデルのサーバーのURL。空なら提供元の既定のアドレス")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="言語モデルの鍵。表示も記録もしない")
    llm_timeout_s: float = Field(default=120, gt=0, description="言語モデルが答え終えるまで待つ時間の上限(秒)")
    llm_concurrency: int = Field(default=2, gt=0, description="言語モデルに同時に尋ねる数の上限")
    llm_max_tokens: int = Field(default=1024, gt=0, description="言語モデルの一つの答えの長さの上限(トークン)")
    llm_context_tokens: int = Field(default=8192, gt=0, description="プロンプトと答えを合わせた長さの上限(トークン)")
    host: str = Field(default="127.0.0.1", description="待ち受けるアドレス")
    port: int = Field(default=8300, ge=0, le=65535, description="待ち受けるポート")
    auth: Literal["local", "accounts"] = Field(
        default="local", description="local はこのパソコンだけ(パスワードなし)、accounts は利用者ごとのアカウント"
    )
    public_url: str = Field(default="", description="利用者が開くアドレス。空なら待ち受けるアドレス")
    session_idle_min: int = Field(default=60, gt=0, description="使わないとサインインが切れるまで(分)")
    session_hours: int = Field(default=12, gt=0, description="使っていてもサインインが切れるまで(時間)")
    questions_per_minute: int = Field(default=60, gt=0, description="一人が一分間に質問できる数の上限")
    max_file_mb: int = Field(default=50, gt=0, description="読み込むファイルの大きさの上限(MB)")
    max_question_chars: int = Field(default=2000, gt=0, description="質問の長さの上限(文字)")
