"""Numbers with their nouns, in the messages of the program; the briefing's own words go by its language."""


def counted(number: int, one: str, many: str) -> str:
    """Return such as "1 source" and "3 sources"."""
    return f"{number} {one if number == 1 else many}"
