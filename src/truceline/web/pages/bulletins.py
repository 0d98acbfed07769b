"""Bulletins: what was published, in three languages, with objections and corrections beside it."""

from typing import Any
from unicodedata import normalize

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from truceline.desk import acts, publishing
from truceline.desk.errors import ActRefused
from truceline.desk.publishing import Bulletin
from truceline.values.texts import LANGUAGES
from truceline.web.opening import DeskRequest
from truceline.web.pages.acting import complain, do, require
from truceline.web.people.permissions import OBJECT
from truceline.web.wording import SPOKEN

_SPOKEN = [(code, SPOKEN[code]) for code in LANGUAGES]


class Objecting(forms.Form):
    """What one holds against a bulletin, in one's own words."""

    wording = forms.CharField(
        label=_("What you object to, and why"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=_SPOKEN)

    def __init__(self, given: Any = None) -> None:  # noqa: ANN401 - the request's own mapping
        """Begin in the reader's language."""
        super().__init__(given, initial={"language": get_language() or "en"})


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Every bulletin this reader may read, newest first."""
    rows = publishing.bulletins(request.view)
    return render(request, "truceline/bulletins.html", {"bulletins": rows[::-1]})


@require_safe
def page(request: DeskRequest, number: str) -> HttpResponse:
    """One bulletin in one of its languages, by default the reader's."""
    row = _found(request, number)
    language = _chosen(row, request.GET.get("in", get_language() or "en"))
    document = publishing.document(request.desk, row, language, "html")
    facts = {
        "bulletin": row,
        "language": language,
        "text": mark_safe(_body(document.decode())),  # noqa: S308 - rendered by us, raw HTML off
        "form": Objecting(),
    }
    return render(request, "truceline/bulletin.html", facts)


@require_safe
def download(request: DeskRequest, number: str, language: str) -> HttpResponse:
    """The bulletin's Markdown, byte for byte as it was published."""
    row = _found(request, number)
    if language not in row.languages:
        raise Http404
    document = publishing.document(request.desk, row, language, "md")
    answer = HttpResponse(document, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{number}-{language}.md"'
    return answer


@require_POST
def object_to(request: DeskRequest, number: str) -> HttpResponse:
    """Object to a bulletin: it stays as it was, and the objection stands beside it for good."""
    require(request, OBJECT)
    _found(request, number)
    form = Objecting(request.POST)
    if not form.is_valid():
        complain(request, form)
        return redirect("bulletin", number)
    words = normalize("NFC", form.cleaned_data["wording"])
    said = acts.Wording(text=words, language=form.cleaned_data["language"])
    do(
        request,
        lambda: publishing.object_to(request.desk, request.officer.reader, number, said),
        gettext("Your objection was recorded."),
    )
    return redirect("bulletin", number)


def _found(request: DeskRequest, number: str) -> Bulletin:
    try:
        return publishing.bulletin(request.view, number)
    except ActRefused as problem:
        raise Http404 from problem


def _chosen(row: Bulletin, wanted: str) -> str:
    return wanted if wanted in row.languages else row.languages[0]


def _body(document: str) -> str:
    """What stands between a bulletin's <main> tags: the page around it is the desk's own."""
    _, opened, rest = document.partition("<main>")
    body, closed, _ = rest.rpartition("</main>")
    return body if opened and closed else document
