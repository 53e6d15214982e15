"""What the peers need to run at all in this process or beside it."""

from pathlib import Path


def write_nltk_data(folder: Path) -> None:
    """Write the English Punkt model as NLTK's `punkt_tab`, which sumy would have to download."""
    from punkt import load_model

    model = load_model("english")
    target = folder / "tokenizers" / "punkt_tab" / "english"
    target.mkdir(parents=True)
    lines = {
        "abbrev_types.txt": sorted(model.abbrev_types),
        "sent_starters.txt": sorted(model.sent_starters),
        "collocations.tab": sorted("\t".join(pair) for pair in model.collocations),
        "ortho_context.tab": sorted(
            f"{word}\t{int(flags)}" for word, flags in model.ortho_context.items()
        ),
    }
    for name, content in lines.items():
        (target / name).write_text("\n".join(content), encoding="utf-8")
