"""What must not be repeated: a password, in whatever form a server sends it back."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

_HIDDEN = b"***"
_SHORTEST = 3
"""Of what is looked for within other words: less than that stands in every text by chance."""
_SPACE = re.compile(rb"\s+")


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, which texts can be freed of."""

    password: str = field(default="", repr=False)
    user: str = ""

    def hidden_in(self, said: bytes) -> bytes:
        """Return what a server said without the password: as it is, in base64, in hexadecimal or in a URL."""
        if not self.password:
            return said
        for form in self._forms():
            said = re.sub(re.escape(form), _HIDDEN, said, flags=re.IGNORECASE)
        joined = _SPACE.sub(b"", said).lower()
        if any(_SPACE.sub(b"", form).lower() in joined for form in self._forms()):
            return _HIDDEN  # folded over lines
        return said

    def _forms(self) -> list[bytes]:
        forms = {form for form in self._all() if len(form) >= _SHORTEST} or {self.password.encode()}
        return sorted(forms, key=lambda form: (-len(form), form))

    def _all(self) -> Iterator[bytes]:
        plain = self.password.encode()
        yield plain
        with suppress(UnicodeEncodeError):
            yield self.password.encode("latin-1")
        yield quote(self.password, safe="").encode()
        yield plain.hex().encode()
        yield plain[::-1]
        yield from _in_base64(plain)
        yield base64.b64encode(f"\0{self.user}\0{self.password}".encode())


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """The password as it stands within something longer in base64: at each of three places of a group."""
    yield base64.b64encode(plain)
    for before in range(3):
        text = base64.b64encode(bytes(before) + plain)
        start, end = (0, 2, 3)[before], (before + len(plain)) * 8 // 6
        if len(text[start:end]) > _SHORTEST:
            yield text[start:end]
