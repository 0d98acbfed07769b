"""One module per source format: bytes in, `Report | Unreadable` out, one per row, in order.

`SOURCES` is every format the centre reads, by the name a person types. Each is specified in
docs/formats/sources/; how to add one is told in docs/recipes/source.md.
"""

from truceline.reports.report import Source
from truceline.reports.sources import (
    complaint,
    coverage,
    geojson,
    party_list,
    patrol_log,
    viina_events,
    viina_headlines,
)

SOURCES: dict[str, Source] = {
    "complaint": complaint.parse,
    "coverage": coverage.parse,
    "geojson": geojson.parse,
    "party-list": party_list.parse,
    "patrol-log": patrol_log.parse,
    "viina-events": viina_events.parse,
    "viina-headlines": viina_headlines.parse,
}
