"""`python -m digest`, and the `digest` command."""

import os

# Our matrices are small: more threads only wait for each other, and cost time at every start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from digest.cli import main

if __name__ == "__main__":
    main()
