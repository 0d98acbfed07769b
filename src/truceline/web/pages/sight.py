"""What one party may lawfully read about where the other’s people were, measured."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from truceline.desk.drills import sight_drill
from truceline.values.audience import CENTRE
from truceline.web.opening import DeskRequest


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """Read as one party may; the centre chooses which, a party reads as itself."""
    codes, own = request.desk.charter.party_codes, request.officer.reader
    if own in codes:
        codes = (own,)
    elif own != CENTRE:
        raise PermissionDenied
    reader = request.GET.get("reader", codes[0])
    if reader not in codes:
        raise Http404
    drill = sight_drill(request.desk, reader)
    facts = {
        "reader": reader,
        "codes": codes,
        "drill": drill,
        # To a party the page counts neither what it may not read nor the watchers there are.
        "held": None if own in request.desk.charter.party_codes else drill.held,
        "rows": [one for one in drill.rows if own == CENTRE or one.about == "claim"],
    }
    return render(request, "truceline/sight.html", facts)
