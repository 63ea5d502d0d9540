"""HYOKA_LLM → which provider and which model, and what is known of the provider: its package, key and address."""

from __future__ import annotations

from dataclasses import dataclass

from rag.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Provider:
    """Who serves models.

    langchain    LangChain's name for it
    package      the module that LangChain needs for it
    extra        the extra of this project that installs that
    key_env      the provider's own environment variables for a key, any of which will do
    address_env  the provider's own environment variables for an address
    service      the address of the provider's service; "" where the account decides
    other_env    further variables of the provider's that it may need
    """

    langchain: str
    package: str
    extra: str
    key_env: tuple[str, ...]
    address_env: tuple[str, ...]
    service: str
    other_env: tuple[str, ...] = ()


PROVIDERS = {
    "ollama": Provider("ollama", "langchain_ollama", "ollama", (), ("OLLAMA_HOST",), "http://127.0.0.1:11434"),
    "openai": Provider(
        "openai",
        "langchain_openai",
        "openai",
        ("OPENAI_API_KEY",),
        ("OPENAI_API_BASE", "OPENAI_BASE_URL"),
        "https://api.openai.com/v1",
    ),
    "azure": Provider(
        "azure_openai",
        "langchain_openai",
        "openai",
        ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN"),
        ("AZURE_OPENAI_ENDPOINT",),
        "",
        ("OPENAI_API_VERSION",),
    ),
    "anthropic": Provider(
        "anthropic",
        "langchain_anthropic",
        "anthropic",
        ("ANTHROPIC_API_KEY",),
        ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL"),
        "https://api.anthropic.com",
    ),
    "google": Provider(
        "google_genai",
        "langchain_google_genai",
        "google",
        ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
        ("GOOGLE_GEMINI_BASE_URL",),
        "https://generativelanguage.googleapis.com",
    ),
    "bedrock": Provider(
        "bedrock_converse",
        "langchain_aws",
        "bedrock",
        ("AWS_BEARER_TOKEN_BEDROCK",),
        ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL"),
        "",
        ("AWS_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    ),
}
BY_LANGCHAIN_NAME = {provider.langchain: name for name, provider in PROVIDERS.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """A provider, by its name here, and one of its models."""

    provider: str
    model: str

    @property
    def name(self) -> str:
        """As it is set: ollama:qwen3:8b."""
        return f"{self.provider}:{self.model}"

    @property
    def facts(self) -> Provider:
        """What is known of the provider."""
        return PROVIDERS[self.provider]


def choose(value: str) -> Choice:
    """The choice that HYOKA_LLM names. Raises SettingsError where it names none."""
    written, colon, model = (part.strip() for part in value.partition(":"))
    provider = BY_LANGCHAIN_NAME.get(written.lower(), written.lower())
    if not colon or not written or not model:
        raise SettingsError(
            f"HYOKA_LLM={value} は「提供元:モデル」の形ではありません。ollama:qwen3:8b のように指定してください。"
        )
    if provider not in PROVIDERS:
        known = "、".join(PROVIDERS)
        raise SettingsError(f"HYOKA_LLM の提供元「{written}」は使えません。使えるのは {known} です。")
    return Choice(provider, model)
