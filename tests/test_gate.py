"""The gate reads figures as scorers print them, holds them to their floors, and names what changed."""

from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess, run
from sys import executable

import pytest

pytest.importorskip("benchmarks.gate", reason="no benchmarks beside the installed package")

from benchmarks.gate import floors, hashes, outputs, runs, scorers
from benchmarks.gate.__main__ import main
from benchmarks.gate.floors import Floor

ROOT = Path(__file__).parent.parent


def figures(**values: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


# -- figures


@pytest.mark.parametrize(
    ("described", "printed", "found"),
    [
        ("{right} of # checks hold*", "5 of 6 checks hold; first wrong: x", {"s.right": "5"}),
        ("{row} F1 {f1} # s", "two words   F1 0.95  13.6 s", {"s.two-words.f1": "0.95"}),
        ("{row}: R {r1}/{r2}, lead *", "  fr: R 41.1/25.1, lead 3", {"s.fr.r1": "41.1", "s.fr.r2": "25.1"}),
        ("least {least}, mean {mean}", "least -0.5, mean +2.3", {"s.least": "-0.5", "s.mean": "2.3"}),
        ("{row} # # {f1}", "ten, and one  1.000  0.950   0.872", {"s.ten-and-one.f1": "0.872"}),
        ("{row} # # {f1}", "   12  30  60", {}),
        ("wins {wins} (of #)", "wins many (of 3)", {}),
    ],
)  # fmt: skip
def test_a_line_is_described_as_it_is_printed(
    described: str, printed: str, found: dict[str, str]
) -> None:
    scorer = scorers.Scorer(name="s", command="", lines=(described,))
    assert dict(scorers.read(scorer, [printed])) == figures(**found)


def test_a_heading_names_the_lines_below_it() -> None:
    scorer = scorers.Scorer(name="s", command="", lines=("{heading} F1 body", "all {f1} {body}"))
    printed = [
        "first ones   F1 body",
        "blog 0.1 0.2",
        "all 0.5 0.6",
        "next  F1 body",
        "all 0.7 0.8",
    ]
    assert [
        str(value) for value in dict(scorers.read(scorer, printed)).values()
    ] == "0.5 0.6 0.7 0.8".split()
    assert "s.first-ones.f1" in dict(scorers.read(scorer, printed))


def test_no_two_scorers_and_no_two_groups_share_a_name() -> None:
    names = [scorer.name for scorer in scorers.SCORERS]
    assert len(names) == len(set(names))
    assert set(runs.NAMES) == {*names, *outputs.GROUPS}


# -- floors


@pytest.mark.parametrize(
    ("floor", "now", "verdict"),
    [
        ("0.950", "0.951", "better"),
        ("0.950", "0.950", "same"),
        ("0.950", "0.948", "within slack"),
        ("0.950", "0.947", "worse"),
        ("0.86", "0.85", "within slack"),
        ("0.86", "0.84", "worse"),
        ("41.1", "41.0", "within slack"),
        ("191", "190", "worse"),
        ("191", None, "gone"),
    ],
)
def test_a_figure_may_fall_by_the_slack_and_a_count_not_at_all(
    floor: str, now: str | None, verdict: str
) -> None:
    assert Floor(value=Decimal(floor)).verdict(now and Decimal(now)) == verdict


@pytest.mark.parametrize(("now", "verdict"), [("0.01", "better"), ("0.5", "worse")])
def test_less_is_better_below_a_ceiling(now: str, verdict: str) -> None:
    assert Floor(value=Decimal("0.10"), less=True).verdict(Decimal(now)) == verdict


def test_raising_takes_what_is_better_or_new_and_leaves_the_rest() -> None:
    kept = {name: Floor(value=Decimal("0.5"), reason="once") for name in ("a.x", "b.x", "c.x")}
    now = {
        "a.x": Decimal("0.6"),
        "b.x": Decimal("0.4"),
        "c.x": Decimal("0.499"),
        "d.noise": Decimal("0.1"),
    }
    raised = floors.raised(kept, now)
    assert raised["a.x"] == Floor(value=Decimal("0.6"))
    assert (raised["b.x"], raised["c.x"]) == (kept["b.x"], kept["c.x"])
    assert raised["d.noise"].less


def test_lowering_takes_a_reason_and_keeps_it_beside_the_floor(tmp_path: Path) -> None:
    kept = {name: Floor(value=Decimal("0.500")) for name in ("a.x", "a.y", "b.x")}
    now = {"a.x": Decimal("0.4"), "b.x": Decimal("0.3")}
    with pytest.raises(ValueError, match="reason"):
        floors.lowered(kept, now, ["a.*"], "  ")
    let = floors.lowered(kept, now, ["a.*"], 'two "gold" stories\nwere one')
    assert let == {
        "a.x": Floor(value=Decimal("0.4"), reason='two "gold" stories were one'),
        "b.x": kept["b.x"],
    }
    floors.save(let, tmp_path / "floors.toml")
    assert floors.load(tmp_path / "floors.toml") == let


def test_what_does_not_fail_cannot_be_lowered() -> None:
    with pytest.raises(ValueError, match="nothing to lower"):
        floors.lowered({"a.x": Floor(value=Decimal(5))}, {"a.x": Decimal(6)}, ["a.x"], "why not")


def test_floors_are_written_sorted_a_line_a_figure_as_they_were_printed(tmp_path: Path) -> None:
    kept = {
        "b.noise": Floor(value=Decimal("0.10"), less=True),
        "a.n": Floor(value=Decimal("0.500")),
    }
    floors.save(kept, file := tmp_path / "floors.toml")
    lines = file.read_text("utf-8").splitlines()[1:]
    assert lines == ['"a.n" = { least = 0.500 }', '"b.noise" = { most = 0.10 }']


# -- outputs


def test_an_item_is_hashed_from_its_lines_and_no_other() -> None:
    lines = b'{"page": "a", "text": 1}\n{"page": "b#2"}\n{"page": "a"}\n'
    found = outputs.hashed(outputs.by_key("page", CompletedProcess([], 0, lines, b"")))
    other = outputs.hashed(
        outputs.by_key("page", CompletedProcess([], 0, lines.replace(b"b#2", b"b#3"), b""))
    )
    assert set(found) == {"a", "b", "(messages)"}
    assert [name for name in found if found[name] != other[name]] == ["b"]


def test_a_mail_is_the_same_whenever_it_is_written() -> None:
    mail = b"From: a@example.org\nDate: %s\nSubject: x\n\nDate of it\n"
    assert outputs._undated(mail % b"Fri") == outputs._undated(mail % b"Sat")
    assert b"Date of it" in outputs._undated(mail % b"Fri")


def test_a_difference_names_its_items(tmp_path: Path) -> None:
    file = tmp_path / "hashes.txt"
    many = {str(n): "1" for n in range(hashes.MANY)}
    hashes.save(
        {"pages": {"a b": "1", "c/d": "2", "e": "3"}, "seeds": {"a": "1"}, "many": many}, file
    )
    now = {"pages": {"a b": "1", "c/d": "9", "f": "3"}, "many": many | {"7": "2"}, "fresh": {}}
    assert hashes.differences(hashes.load(file), now) == {
        "pages": "3 of 4 differ: c/d, -e, +f",
        "many": "differs",
        "fresh": "new",
    }
    hashes.save(now, file)
    assert not hashes.differences(hashes.load(file), now)
    assert "seeds" in hashes.load(file)


def test_more_differences_than_a_line_holds_are_counted() -> None:
    before = {str(n): "1" for n in range(40)}
    words = hashes._difference(before, dict.fromkeys(before, "2"))
    assert words.startswith("40 of 40 differ: ")
    assert words.endswith("and 28 more")


# -- the command


def test_without_data_it_says_so_and_passes(tmp_path: Path) -> None:
    done = run(
        [executable, "-m", "benchmarks.gate"],
        cwd=ROOT,
        env={"DIGEST_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "no evaluation data" in done.stdout


def test_lowering_without_a_reason_is_refused_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("DIGEST_DATA", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["gate", "--lower", "a.x"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "--reason" in capsys.readouterr().err
