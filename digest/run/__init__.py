"""One daily issue: gather what is new, make the issue, keep it, write it."""

from digest.run.gathering import Gathered
from digest.run.issuing import write_again, write_pending
from digest.run.running import Job, Outcome, run_once

__all__ = ["Gathered", "Job", "Outcome", "run_once", "write_again", "write_pending"]
