"""What Typer says about a wrong command line, and its help, in Japanese."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

HELP = "この説明を表示して終わります。"
NO_COMMAND = re.compile(r"No such command '(.+)'\.")


class Command(TyperCommand):
    """A command whose --help speaks Japanese."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help with our text."""
        return in_japanese(super().get_help_option(ctx))


class Group(TyperGroup):
    """The same for `hyoka` itself."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help with our text."""
        return in_japanese(super().get_help_option(ctx))


def in_japanese(option: Any) -> Any:
    """The option --help with our text."""
    if option is not None:
        option.help = HELP
    return option


def translate_panels() -> None:
    """Japanese titles for the boxes of --help; imports what draws them, so only call it where help is shown."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "引数"
    rich_utils.OPTIONS_PANEL_TITLE = "オプション"
    rich_utils.COMMANDS_PANEL_TITLE = "コマンド"
    rich_utils.DEFAULT_STRING = "[既定値: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[必須]"


def complaint(error: Any) -> str:
    """A usage error of Typer as one Japanese sentence with the next step."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "hyoka"
    return f"{what_is_wrong(error)}使い方は {command} --help で確かめてください。"


def what_is_wrong(error: Any) -> str:
    """The first half of `complaint`."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = f"({'、'.join(error.possibilities)} のことですか)" if error.possibilities else ""
        return f"{error.option_name} というオプションはありません{near}。"
    if kind == "MissingParameter" and error.param is not None:
        return f"{error.param.display_name_raw} を指定してください。"
    if kind == "BadParameter" and error.param is not None:
        return f"{named(error.param)} の値が使えません。"
    if found := NO_COMMAND.match(error.format_message()):
        return f"{found[1]} というコマンドはありません。"
    if kind == "BadOptionUsage":
        return f"{error.option_name} の使い方が違います。"
    return "コマンドの書き方が違います。"


def named(parameter: Any) -> str:
    """An option by its longest name, an argument as --help calls it."""
    option = parameter.param_type_name == "option"
    return str(max(parameter.opts, key=len) if option else parameter.display_name_raw)
