"""The marks that end sentences and the marks that quote, of all scripts: the one home of both."""

import re

TERMINALS = ".!?…‽։؟۔।॥။។。！？．｡"
"""What ends a sentence, but for the Greek `;`, which is another mark elsewhere."""
OPENING = "“‘„‚«‹「『﹁﹃〈《【（([{¿¡"
CLOSING = "\"'”’»›)]}」』﹂﹄〉》】）"
"""What closes a quotation or a bracket behind a terminal, in any language."""
ALSO_CLOSING = "“‘«‹"
"""What opens in English or French, and closes in German, Czech or Danish: „...“, »...«."""
CLOSERS = CLOSING.replace("]", "") + ALSO_CLOSING + r"\]"
"""Both, as what stands between the brackets of a pattern."""
QUOTES = "\"'“”‘’„‚«»‹›「」『』"
SPEECH = QUOTES.translate({ord(mark): None for mark in "'‘’‚"})
"""The marks that are no apostrophes: where one stands, somebody else's words do."""
UNSPACED_TERMINALS = "。！？．｡"
"""Behind these no space is needed."""
_END = re.compile(rf"[{re.escape(TERMINALS)}][ \u00a0\u202f]?[{CLOSERS}]*$")
_LONGEST_END = 12


def ends_sentence(text: str) -> bool:
    """True where a text ends as a sentence does: in a terminal mark, or in what closes behind one."""
    return _END.search(text, max(0, len(text) - _LONGEST_END)) is not None
