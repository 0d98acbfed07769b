"""The page that checks a receipt in the browser, for anyone; and the entry a receipt is of."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from truceline.web.opening import DeskRequest
from truceline.web.verify.sealing import PAGE, policy_of

_HTML = PAGE.read_text(encoding="utf-8")
_POLICY = {name: [value] for name, value in policy_of(_HTML).items()}


@login_not_required
@require_safe
@csp_replace({**_POLICY, "img-src": None, "font-src": None, "connect-src": None})
def receipt_page(request: HttpRequest) -> HttpResponse:
    """One file that is the same for everybody, sealed by its own hashes: stricter than the rest."""
    del request
    return HttpResponse(_HTML, content_type="text/html; charset=utf-8")


@require_safe
def entry_note(request: DeskRequest, index: int) -> HttpResponse:
    """An entry byte for byte, for whoever may read it there: what a receipt is held against."""
    if not request.view.entries(index, index + 1):
        raise Http404
    raw = request.desk.log.raw(index)
    answer = HttpResponse(raw, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="entry-{index}.note"'
    return answer
