"""What `check` gives as text: the findings of one assessment, gravest first."""

from __future__ import annotations

from collections.abc import Iterator

from api.web.wording import place_name
from rag.checks.checker import Checked
from rag.checks.finding import Finding, Severity


def checked_text(checked: Checked) -> str:
    """The findings that nobody dismissed, each with its places, quotes and ground."""
    version, standing = checked.version, checked.standing
    counts = "、".join(f"{s.ja}{n}件" for s in Severity if (n := sum(f.severity is s for f in standing)))
    published = f"({version.published}公表)" if version.published else ""
    head = f"{version.document} {version.title}{published}: {counts or '指摘はありません。'}"
    return "\n\n".join((head, *("\n".join(_lines(f)) for f in standing)))


def _lines(finding: Finding) -> Iterator[str]:
    places = "、".join(place_name(section) for section in finding.sections)
    yield f"- 【{finding.severity.ja}・{finding.rule.family.ja}】{places}: {finding.message}"
    if finding.proposal:
        yield f"  修正案: {finding.proposal}"
    for cited in finding.citations:
        yield f"  {place_name(cited.section)}「{cited.quote}」"
    yield f"  根拠: {finding.rule.source}(番号 {finding.key})"
