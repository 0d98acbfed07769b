"""How well coverage of talks is read: the goals of the reader beside what it reaches.

    python benchmarks/reading_quality.py [--only SET] [--texts FOLDER]

SET: `seeds` (the five accounts in ../shared/seeds), `dev` or `held_out` (invented coverage).
--texts writes the invented articles as published, without the answers inside them.
"""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.talks.quality.scores import Scores, score  # noqa: E402
from tests.talks.quality.sets import INVENTED, Coverage, invented, seeds  # noqa: E402

from truceline.talks.reading import read  # noqa: E402
from truceline.talks.reading.output import as_fields  # noqa: E402

# measure: what it is, goal on the seeds, goal on other talks
ROWS = {
    "body": ("body text, character F1", 0.99, 0.98),
    "found": ("quotations found, F1", 1.00, 0.98),
    "mention": ("speaker's mention right, of those found", 0.95, 0.88),
    "joint": ("quotation + right person, joint F1", 0.95, 0.80),
    "high_precision": ("precision of `high` items", 0.97, 0.92),
    "high_coverage": ("… at a coverage of", 0.65, 0.65),
    "persons": ("persons, B³ F1 end to end", 0.98, 0.95),
    "persons_precision": ("persons, B³ precision", 1.00, 0.98),
    "dates": ("day dates resolved", 0.95, None),
}


def scores_of(over: Coverage) -> Scores:
    """The reader's scores on a set."""
    return score(over.keys, as_fields(read(over.documents)), over.points)


def show(name: str, scores: Scores) -> None:
    """Print one set's table: measure, reached, goal."""
    print(f"\n{name}")
    values = asdict(scores)
    for measure, (what, on_seeds, elsewhere) in ROWS.items():
        goal, value = (on_seeds if name == "seeds" else elsewhere), values[measure]
        reached = "  –  " if value is None else f"{value:5.3f}"
        missed = "  missed" if goal and value is not None and round(value, 3) < goal else ""
        print(f"  {what:42} {reached}  {'' if goal is None else f'{goal:.2f}'}{missed}")
    print(f"  {'differing facts surfaced':42} {scores.differing} of {scores.differing_of}")
    print(f"  {'items from teasers':42} {scores.teasers}")


def main() -> None:
    """Read the sets asked for and print their tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--only", choices=("seeds", *INVENTED))
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--data", type=Path, help="not used: the seeds have their own folder")
    asked = parser.parse_args()
    for name in ("seeds", *INVENTED):
        if asked.only not in {None, name}:
            continue
        try:
            over = seeds() if name == "seeds" else invented(name)
        except FileNotFoundError as absent:
            print(f"\n{name}: not on this machine ({absent.filename})")
            continue
        show(name, scores_of(over))
        if asked.texts and name != "seeds":
            write(over, asked.texts / name)


def write(over: Coverage, folder: Path) -> None:
    """Write the articles of a set as published."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in over.documents.items():
        (folder / name).write_bytes(raw)


if __name__ == "__main__":
    main()
