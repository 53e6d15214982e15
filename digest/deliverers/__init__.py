"""Deliverers: a digest becomes a mail, and a mail is handed over."""

from digest.deliverers.folders import Folder
from digest.deliverers.message import Parts, Writer
from digest.deliverers.options import MailConfig
from digest.deliverers.smtp import SmtpServer

__all__ = ["Folder", "MailConfig", "Parts", "SmtpServer", "Writer"]
