"""Bulletins: what the centre publishes, for whom, from a frozen cut-off.

A `Snapshot` holds everything a form may read, already filtered for one audience. A form selects
its figures from it (`forms/<name>/select.py`) and words them in three languages; `rendering`
turns that into Markdown and HTML. The same snapshot gives the same bytes, always.
"""
