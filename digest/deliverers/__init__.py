"""Deliverers: a digest becomes a mail, and a mail is handed over."""

from digest.deliverers.message import build_message
from digest.deliverers.smtp import SmtpDeliverer

__all__ = ["SmtpDeliverer", "build_message"]
