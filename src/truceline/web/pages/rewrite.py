"""The drill in which the centre itself cheats: who notices, and which entry is named."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from truceline.desk.drills import rewrite_drill
from truceline.desk.errors import NotPermitted
from truceline.values.mode import Mode
from truceline.web.opening import DeskRequest
from truceline.web.pages.acting import require
from truceline.web.people.permissions import REWRITE


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: DeskRequest) -> HttpResponse:
    """Explain the drill; on request run it, on a copy, and show who said what."""
    if request.desk.charter.mode is Mode.LIVE:
        raise NotPermitted("drills are for exercises; a live record is never rewritten, nor a copy")
    drill = None
    if request.method == "POST":
        require(request, REWRITE)
        drill = rewrite_drill(request.desk)
    return render(request, "truceline/rewrite.html", {"drill": drill})
