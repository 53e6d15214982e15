"""A news briefing that can prove every sentence: splitting, clustering and extractive summaries.

    >>> from digest import summarize
    >>> summary = summarize("First things come first. The rest follows later.", length=1)

Everything is deterministic and works offline. `import digest` loads nothing heavy.
"""

from digest.config import Config, load_config
from digest.errors import DigestError
from digest.library import build_digest, cluster, load_digest, split, summarize, verify
from digest.models import Article, Digest, Sentence, Split, Summary, Topic

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Config",
    "Digest",
    "DigestError",
    "Sentence",
    "Split",
    "Summary",
    "Topic",
    "build_digest",
    "cluster",
    "load_config",
    "load_digest",
    "split",
    "summarize",
    "verify",
]
