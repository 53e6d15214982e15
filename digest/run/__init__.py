"""One daily issue: gather what is new, make the issue, keep it, write it."""

from digest.run.gathering import Gathered
from digest.run.issuing import Draft, draft, issue_called, revise_issue, write_again, write_pending
from digest.run.running import Job, Outcome, run_once

__all__ = [
    "Draft",
    "Gathered",
    "Job",
    "Outcome",
    "draft",
    "issue_called",
    "revise_issue",
    "run_once",
    "write_again",
    "write_pending",
]
