"""Labels of clusters by scikit-learn: texts in, labels out, as JSON on standard input and output.

It runs in an interpreter that has scikit-learn (see `rivals.py`), so it imports nothing of this repository.
"""

import json
import sys
from typing import Any

BARS = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
"""Cosine distances at which the dendrogram of average linkage is cut."""
SIZES = [2, 5, 15]
"""The least sizes of a cluster of HDBSCAN; its default is 5."""
DIRECTIONS = 100


def average_linkage(texts: list[str]) -> dict[str, list[int]]:
    """Return the labels at each bar, by the bar."""
    from scipy.cluster.hierarchy import average, fcluster
    from scipy.spatial.distance import squareform
    from sklearn.metrics.pairwise import cosine_distances

    distances = cosine_distances(_weighed(texts)).astype("float32")
    distances[range(len(texts)), range(len(texts))] = 0.0
    tree = average(squareform(distances, checks=False))
    return {f"{bar}": fcluster(tree, bar, "distance").tolist() for bar in BARS}


def hdbscan(texts: list[str]) -> dict[str, list[int]]:
    """Return the labels for each least size of a cluster; each article of noise is alone."""
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    weighed = _weighed(texts)
    directions = TruncatedSVD(min(DIRECTIONS, len(texts) - 1), random_state=0)
    dense = normalize(directions.fit_transform(weighed))
    labels = {}
    for size in SIZES:
        found = HDBSCAN(min_cluster_size=size, copy=True).fit_predict(dense).tolist()
        alone = iter(range(len(texts), 2 * len(texts)))
        labels[f"{size}"] = [next(alone) if label < 0 else label for label in found]
    return labels


def _weighed(texts: list[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)


if __name__ == "__main__":
    method = {"average": average_linkage, "hdbscan": hdbscan}[sys.argv[1]]
    json.dump(method(json.load(sys.stdin)), sys.stdout)
