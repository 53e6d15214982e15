"""Processes that may be killed: one bad input costs its own item, never the run.

A parser on hostile input can run for hours inside C code, eat the memory, or crash; no exception reaches it
there. So the work is done in processes of its own, a result each, and the kernel ends what goes over its limit.
"""

from digest.workers.pool import Workers
from digest.workers.process import WorkerFailure

__all__ = ["WorkerFailure", "Workers"]
