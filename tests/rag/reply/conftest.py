"""Replies over the samples, with the real masking."""

from __future__ import annotations

import pytest

from rag.answer import Answerer
from rag.privacy import mask
from rag.reply.replier import Replier


@pytest.fixture(scope="session")
def replier(answerer: Answerer) -> Replier:
    return Replier(answerer, mask)
