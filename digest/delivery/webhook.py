"""A webhook: the JSON of an issue is posted to an address, signed."""

import hashlib
import hmac
from dataclasses import dataclass, field

from digest.codec import write_digest
from digest.delivery.channels import Envelope, OneByOne, Outcome
from digest.delivery.connection import line
from digest.models import Digest

_LATER = {408, 425, 429}
"""The answers of HTTP, beside those from 500 on, that ask to be asked again (RFC 9110, 8470 and 6585)."""
_TIMEOUT_S = 30.0
"""For connecting, and for each part of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(OneByOne):
    """An address to which the JSON of an issue is posted.

    `X-Hub-Signature-256` is `sha256=` and the HMAC-SHA-256 of the body under the secret, in hexadecimal (as
    GitHub signs); `Idempotency-Key` is the same for the same issue, however often it is tried.
    """

    address: str
    secret: bytes = field(repr=False)

    @property
    def place(self) -> str:
        """The address."""
        return self.address

    def payload(self, digest: Digest, link: str, language: str) -> bytes:
        """Return the JSON that `--format json` writes."""
        del link, language
        return write_digest(digest).encode("utf-8", "replace")

    def _sent(self, envelope: Envelope) -> Outcome:
        import urllib3

        signature = hmac.new(self.secret, envelope.payload, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": envelope.key,
            "User-Agent": "digest",
            "X-Hub-Signature-256": f"sha256={signature}",
        }
        try:
            with urllib3.PoolManager(timeout=_TIMEOUT_S, retries=False) as pool:
                answer = pool.request(
                    "POST",
                    self.address,
                    body=envelope.payload,
                    headers=headers,
                    redirect=False,
                    preload_content=False,  # what it says beside the status is not read
                )
                answer.close()
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Outcome(state="DEFERRED", answer="no connection", wait=True)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return Outcome(state="UNCERTAIN", answer=line(type(error).__name__), wait=True)
        return _outcome(answer.status, line(answer.reason or ""))


def _outcome(status: int, reason: str) -> Outcome:
    said = f"{status} {reason}".strip()
    if 200 <= status < 300:
        return Outcome(state="SENT", answer=said)
    if status in _LATER or status >= 500:
        return Outcome(state="DEFERRED", answer=said, wait=True)
    return Outcome(state="REFUSED", answer=said)
