"""Issue -> mails, for every issue whose mails do not stand in the outbox yet."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from digest.delivery.dispatch import Delivery, Report, deliver_issue, issue_key, send_due
from digest.delivery.options import MailConfig
from digest.errors import ConfigError
from digest.renderers.reading import read_digest
from digest.store import Store
from digest.store.issues import all_issues, issue_json, mark_mailed
from digest.store.soundness import REPAIR, DamagedError


def mail_issues(
    store: Store,
    mail: MailConfig,
    *,
    now: datetime.datetime,
    templates: Path | None,
    report: Report,
    language: str = "en",
) -> Iterator[Delivery]:
    """Mail what waits: issues that were decided, but not mailed nor held, and what is due in the outbox.

    A run that broke off before its mails stood in the outbox is made up for here; under the same key
    nobody is mailed twice.
    """
    pending = [issue for issue in all_issues(store) if issue.to_mail and not issue.held]
    for issue in pending:
        try:
            text = issue_json(store, issue.id)
            digest = read_digest(text)
        except (DamagedError, ConfigError) as error:
            problem = f"the mails of issue {issue.name} cannot be made: {error}; {REPAIR}"
            report(problem)
            yield Delivery(rows=(), problems=(problem,))
            continue
        yield deliver_issue(
            store,
            digest,
            issue_key(text),
            mail,
            now=now,
            templates=templates,
            language=language,
            report=report,
        )
        mark_mailed(store, issue.id)
    if not pending:
        yield send_due(store, mail, now=now, report=report)
