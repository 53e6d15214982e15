"""How far a stage is, for whoever wants to show it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Step = Callable[[], object]
Progress = Callable[[str, int], AbstractContextManager[Step]]
"""Shows how far a stage is: gets its name and the number of its steps, and gives what to call at each."""


def no_progress(_stage: str, _steps: int) -> AbstractContextManager[Step]:
    """Show nothing."""
    return nullcontext(lambda: None)
