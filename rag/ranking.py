"""Picks the best of many scores. Used by both indexes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def best_places(scores: npt.NDArray[np.float32], limit: int) -> npt.NDArray[np.intp]:
    """Places of the `limit` highest scores, best first; equals keep their order."""
    if limit < 1:
        return np.zeros(0, dtype=np.intp)
    if len(scores) > 4 * limit:
        few = np.sort(np.argpartition(-scores, limit)[:limit])
        return few[np.argsort(-scores[few], kind="stable")]
    return np.argsort(-scores, kind="stable")[:limit]
