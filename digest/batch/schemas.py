"""What is written, as Arrow has it: the schemas of docs/schema.md with their types."""

import pyarrow as pa

from digest.batch.records import moment
from digest.codec import Record

SUMMARIES = pa.schema(
    [
        ("id", pa.string()),
        (
            "sentences",
            pa.list_(
                pa.struct(
                    [
                        ("text", pa.string()),
                        ("document", pa.int32()),
                        ("start", pa.int32()),
                        ("end", pa.int32()),
                        ("score", pa.float64()),
                    ]
                )
            ),
        ),
        ("words", pa.int32()),
        ("note", pa.string()),
    ]
)
"""The columns of summary/1, as docs/schema.md describes them."""
ARTICLES = pa.schema(
    [
        ("page", pa.string()),
        ("id", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("url", pa.string()),
        ("author", pa.string()),
        ("published", pa.timestamp("us", "UTC")),
        ("language", pa.string()),
        ("headings", pa.list_(pa.string())),
        ("truncated", pa.bool_()),
        ("teaser", pa.bool_()),
    ]
)
"""The columns of split/1."""


def table_of(records: list[Record], schema: pa.Schema) -> pa.Table:
    """Return records as a table: an id is a text, and a date a timestamp."""
    dated = "published" in schema.names
    fit = [
        {**one, "id": str(one["id"])} | ({"published": moment(one["published"])} if dated else {})
        for one in records
    ]
    return pa.Table.from_pylist(fit, schema=schema)
