"""Delivery: issues become mails, which stand in the outbox until they are sent."""

from digest.delivery.issues import (
    Delivery,
    deliver_issue,
    issue_key,
    send_due,
    send_test,
    send_waiting,
)
from digest.delivery.sending import Report, check_delivery, make_opener
from digest.delivery.writing import file_name, prepare, wanted_by

__all__ = [
    "Delivery",
    "Report",
    "check_delivery",
    "deliver_issue",
    "file_name",
    "issue_key",
    "make_opener",
    "prepare",
    "send_due",
    "send_test",
    "send_waiting",
    "wanted_by",
]
