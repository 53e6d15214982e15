"""Stories against gold in four sets, and copies; `scale.py` and `labels.py` beside it stand alone."""

from benchmarks.topics import copies, stories

if __name__ == "__main__":
    stories.main()
    copies.main()
