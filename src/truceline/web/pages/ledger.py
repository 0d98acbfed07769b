"""The ledger: every act in order, the signed head, proofs to take away, how to check it all."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from truceline.desk.vouching import overdue, vouched
from truceline.web.opening import DeskRequest

_ROWS = 60


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """A stretch of entries, newest first, and the head that vouches for them."""
    size = request.view.size
    stop = _stop(request.GET.get("to", ""), size)
    start = max(0, stop - _ROWS)
    rows = request.view.entries(start, stop)
    said = vouched(request.desk, range(start, start + len(rows)))
    head = request.desk.log.head()
    facts = {
        "rows": list(zip(rows, said, strict=True))[::-1],
        "overdue": overdue(request.desk),
        "first": start,
        "last": max(start, stop - 1),
        "older": start if start > 0 else None,
        "newer": min(size, stop + _ROWS) if stop < size else None,
        "head": head,
        "root": head.root.hex(),
        "signed_head": request.desk.log.signed_head().decode(),
        "watched": request.desk.log.trust.quorum != "none",
        "reached": request.desk.log.heads.reached(),
        "trust": (request.desk.folder / "trust").read_text(encoding="utf-8"),
    }
    return render(request, "truceline/ledger.html", facts)


@require_safe
def receipt(request: DeskRequest, index: int) -> HttpResponse:
    """The proof of one entry, for whoever may read it there; anyone can check it offline."""
    if not request.view.entries(index, index + 1):
        raise Http404
    answer = HttpResponse(request.desk.log.prove(index), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return answer


def _stop(text: str, size: int) -> int:
    given = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else size
    return max(0, min(size, given))
