"""What others make of the same sets: tf-idf with average linkage, and HDBSCAN (scikit-learn).

    RIVALS_PYTHON=path/to/python python -m benchmarks.topics.rivals [COLLECTION ...]

reads DIGEST_DATA (default: ../shared). scikit-learn is no dependency: `RIVALS_PYTHON` names an interpreter
that has it, and without one this says so and stops.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.topics.collections_of_news import COLLECTIONS, load
from benchmarks.topics.stories import b_cubed

SCRIPT = Path(__file__).parent / "scikit.py"
METHODS = {"average": "tf-idf, average linkage", "hdbscan": "HDBSCAN on 100 latent directions"}


def main() -> None:
    """Print B-cubed F1 of each method: at its one best setting, and at the best of each set."""
    python = os.environ.get("RIVALS_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import sklearn"], capture_output=True).returncode:
        print(f"no scikit-learn in {python}: set RIVALS_PYTHON to an interpreter that has it")
        return
    names = sys.argv[1:] or COLLECTIONS
    sets = {name: load(name) for name in names}
    for method, title in METHODS.items():
        scores: dict[str, dict[str, float]] = {}
        for name, (articles, gold) in sets.items():
            texts = [a.text if a.text == a.title else f"{a.title}\n{a.text}" for a in articles]
            for setting, labels in _labels(python, method, texts).items():
                scores.setdefault(setting, {})[name] = b_cubed(gold, labels)[2]
        one = max(scores, key=lambda setting: sum(scores[setting].values()))
        best = {name: max(found[name] for found in scores.values()) for name in names}
        for what, found in ((f"one setting, {one}", scores[one]), ("each set's best", best)):
            mean = sum(found.values()) / len(found)
            row = "  ".join(f"{name} {found[name]:.3f}" for name in names)
            print(f"{title:34s} {what:18s} {row}  mean {mean:.3f}")


def _labels(python: str, method: str, texts: list[str]) -> dict[str, list[int]]:
    done = subprocess.run(
        [python, str(SCRIPT), method],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    labels: dict[str, list[int]] = json.loads(done.stdout)
    return labels


if __name__ == "__main__":
    main()
