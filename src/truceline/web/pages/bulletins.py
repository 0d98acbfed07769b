"""Bulletins: what was published, in three languages, with objections and corrections beside it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from unicodedata import normalize

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from truceline.desk import acts, publishing
from truceline.desk.errors import ActRefused
from truceline.desk.publishing import Bulletin, Objection
from truceline.values.audience import ALL
from truceline.values.instant import from_us
from truceline.values.texts import LANGUAGES
from truceline.web.opening import DeskRequest
from truceline.web.pages.acting import complain, do, require
from truceline.web.people.permissions import OBJECT, PUBLISH, may
from truceline.web.templatetags.reading import date_in_words
from truceline.web.wording import SPOKEN

_SPOKEN = [(code, SPOKEN[code]) for code in LANGUAGES]
_DUE_DAYS = 8


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


class Publishing(forms.Form):
    """Which reporting day's bulletin to publish."""

    date = forms.ChoiceField(label=_("For the day ending"))

    def __init__(self, given: Any, due: Sequence[str]) -> None:  # noqa: ANN401 - the request's own mapping
        """Offer the days that are due."""
        super().__init__(given)
        self.fields["date"].choices = [(day, date_in_words(day)) for day in due]  # type: ignore[attr-defined]  # a choice field


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Every bulletin this reader may read, newest first."""
    facts: dict[str, object] = {"bulletins": publishing.bulletins(request.view)[::-1]}
    if may(request.officer, PUBLISH):
        facts["due"] = Publishing(None, _due(request))
    return render(request, "truceline/bulletins.html", facts)


@require_POST
def publish(request: DeskRequest) -> HttpResponse:
    """Publish the bulletin of a reporting day that is over: the centre's own word, for good."""
    require(request, PUBLISH)
    form = Publishing(request.POST, _due(request))
    if not form.is_valid():
        complain(request, form)
        return redirect("bulletins")
    date = form.cleaned_data["date"]
    published = do(
        request,
        lambda: _or_say(
            lambda: publishing.publish(request.desk, request.officer.reader, date),
            gettext("Nothing was published: that day is not over, or has its bulletin already."),
        ),
        gettext("The bulletin was published."),
    )
    if not published:
        return redirect("bulletins")
    return redirect("bulletin", publishing.newest(request.desk, date))


@require_POST
def correct(request: DeskRequest, number: str) -> HttpResponse:
    """Publish a corrigendum beside a bulletin, drawn from what is known now."""
    require(request, PUBLISH)
    row = _found(request, number)
    corrected = do(
        request,
        lambda: _or_say(
            lambda: publishing.correct(request.desk, request.officer.reader, number),
            gettext("No corrigendum was published: nothing that this bulletin says has changed."),
        ),
        gettext("The corrigendum was published."),
    )
    return redirect(
        "bulletin", publishing.newest(request.desk, row.date) if corrected else row.number
    )


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
        "objections": _objections(request, row),
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


def _objections(request: DeskRequest, row: Bulletin) -> list[tuple[str, Objection]]:
    """What was objected to it, and to the bulletin it corrects: that is often why it exists."""
    about = [_found(request, row.corrects), row] if row.corrects else [row]
    return [(one.number, said) for one in about for said in one.objections]


def _due(request: DeskRequest) -> list[str]:
    """Reporting days of the last week that are over and have no bulletin yet, newest first."""
    charter, now_us = request.desk.charter, request.view.as_of_us
    published = {one.date for one in publishing.bulletins(request.view) if one.audience == ALL}
    founded_us = request.view.entries(0, 1)[0].claimed_us
    today = localtime(from_us(now_us)).date()
    days = [(today - timedelta(days=back)).isoformat() for back in range(_DUE_DAYS)]
    ends = [(day, charter.cutoff_on(day)) for day in days if day not in published]
    return [day for day, end_us in ends if founded_us < end_us <= now_us]


def _or_say(act: Callable[[], object], words: str) -> None:
    """Do an act that the desk refuses in its own words, and refuse in the reader's."""
    try:
        act()
    except ActRefused as problem:
        raise ActRefused(words) from problem


def _chosen(row: Bulletin, wanted: str) -> str:
    return wanted if wanted in row.languages else row.languages[0]


def _body(document: str) -> str:
    """What stands between a bulletin's <main> tags: the page around it is the desk's own."""
    _, opened, rest = document.partition("<main>")
    body, closed, _ = rest.rpartition("</main>")
    return body if opened and closed else document
