"""Time and memory of clustering: Reuters-21578, repeated with other names.

    python -m benchmarks.topics.scale [COUNT ...]           # reads DIGEST_DATA (default: ../shared)

Each count runs in a process of its own, so that its memory is its own.
"""

import resource
import subprocess
import sys
import time

from benchmarks.topics.collections_of_news import repeated_reuters
from digest.clusterers import TopicClusterer

COUNTS = ("1000", "5000", "20000")


def main() -> None:
    """Print a line for each count."""
    if sys.argv[1:2] == ["--one"]:
        articles = repeated_reuters(int(sys.argv[2]))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        started, used = time.perf_counter(), time.process_time()
        topics = TopicClusterer()(articles)
        seconds, used = time.perf_counter() - started, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        stories = sum(len(topic.stories) for topic in topics)
        print(
            f"{len(articles):7d} articles  {seconds:6.1f} s  {used:6.1f} s of processor"
            f"  {peak:5d} MB ({before} before)  {stories} stories in {len(topics)} topics"
        )
        return
    for count in sys.argv[1:] or COUNTS:
        subprocess.run([sys.executable, "-m", __spec__.name, "--one", count], check=True)


if __name__ == "__main__":
    main()
