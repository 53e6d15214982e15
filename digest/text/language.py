"""The language of a text, as an ISO 639-1 code."""

from digest.text.terms import stop_words, words

_ENOUGH = 0.25
_SAMPLE = 4000


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`: English by its function words, else py3langid.

    The first look saves loading the model (0.1 s) for the most common case.
    """
    sample = text[:_SAMPLE]
    tokens = words(sample)
    if not tokens:
        return "en"
    if sum(token in stop_words("en") for token in tokens) >= _ENOUGH * len(tokens):
        return "en"
    import py3langid

    return str(py3langid.classify(sample)[0])
