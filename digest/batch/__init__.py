"""Collections of any size: many records in many parts, by one process, several, or the workers of a cluster.

    addresses --parts.find--> parts --formats.read--> records --jobs--> records --formats.writer--> parts

A *part* is a file of records: JSON lines, Parquet or WARC, on a disk or in object storage. A *job* turns
records into records, each by itself, so that what comes of one depends neither on the others nor on who
does it. An *engine* has jobs done. `functions` are the same jobs on Arrow tables.
"""
