"""The daily issue: gather new articles, make the issue, keep it in the store, write its files."""

from digest.run.gathering import Gathered
from digest.run.issuing import Draft, draft, issue_called, revise_issue, write_again
from digest.run.running import Job, RunResult, run_once

__all__ = [
    "Draft",
    "Gathered",
    "Job",
    "RunResult",
    "draft",
    "issue_called",
    "revise_issue",
    "run_once",
    "write_again",
]
