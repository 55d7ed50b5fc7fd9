"""Scores the reading of ranges and claims, and the verdicts, on articles with gold.

    python benchmarks/claims.py [FOLDER ...]

Each FOLDER holds articles with gold as tests/articles/ has them. No other tool reads claims of
reach, so there are no peers; the figures are F1 of ranges, F1 of claims (origin, one target, range,
can or cannot all right), and how many verdicts of rightly read claims are the gold's.
"""

import sys
from pathlib import Path

__all__ = ["articles", "score"]

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
sys.path.insert(0, str(ARTICLES))

from gold import articles, score  # noqa: E402


def main() -> None:
    names = ("seeds", "development", "claims_only", "excerpts", "reports", "held_out")
    own = [ARTICLES / name for name in names]
    folders = [Path(name) for name in sys.argv[1:]] or own
    print(f"{'folder':12} {'articles':>8} {'ranges':>7} {'claims':>7} {'verdicts':>9}")
    for folder in folders:
        found = score(articles(folder))
        told = f"{found['verdicts right']:.3f}" if found["verdicts"] else "no gold"
        print(
            f"{folder.name:12} {len(list(articles(folder))):8} {found['ranges F1']:7.3f} "
            f"{found['claims F1']:7.3f} {told:>9}  ({found['verdicts contradicted']:.0f} of "
            f"{found['verdicts']:.0f} contradicted)"
        )


if __name__ == "__main__":
    main()
