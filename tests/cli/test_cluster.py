"""`digest model fit`, and `digest cluster` by the model it makes."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from batch_files import write_lines
from click.testing import Result
from made_world import world

from digest.models import Article

Run = Callable[..., Result]


def _written(path: Path, articles: Sequence[Article]) -> str:
    rows = [{"id": a.id, "title": a.title, "text": a.text, "language": "en"} for a in articles]
    write_lines(path, rows)
    return str(path)


def test_a_model_is_fitted_kept_and_used_day_by_day(run: Run, tmp_path: Path) -> None:
    model, folder = str(tmp_path / "news.model"), f"{tmp_path}/stories/"
    fitted = run("model", "fit", _written(tmp_path / "a.jsonl", world(350)), "-o", model)
    assert (fitted.exit_code, fitted.stdout) == (0, "")
    assert fitted.stderr.endswith("news.model: learned from 1050 articles\n")
    told = {}
    for day in range(2):
        articles = [a for n, a in enumerate(world(30, "other", reports=4)) if n % 2 == day]
        source = _written(tmp_path / f"{day}.jsonl", articles)
        grown = run("cluster", source, "--model", model, "--previous", folder)
        assert grown.exit_code == 0
        lines = [json.loads(line) for line in grown.stdout.splitlines()]
        assert {a.id for a in articles} <= {line["id"] for line in lines}
        told |= {line["id"]: line["story"] for line in lines}
    assert len(told) == 120
    assert len(set(told.values())) < 60
    Path(model).write_bytes(Path(model).read_bytes()[:-1])
    damaged = run("cluster", source, "--model", model)
    assert damaged.exit_code not in (0, 1)
    assert "news.model: damaged" in damaged.stderr
