"""Windows of silence: asked for, guaranteed by every side, open for a time, then over."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from truceline.coordination.acts import PURPOSES, WindowRequested
from truceline.coordination.windows import OPEN_STATES, RULES, Window
from truceline.desk import acts
from truceline.desk.areas import place_of
from truceline.desk.desk import Desk
from truceline.values.errors import BadValue
from truceline.values.instant import local_span
from truceline.values.place import E7
from truceline.values.texts import LANGUAGES
from truceline.web.opening import DeskRequest
from truceline.web.pages.acting import complain, do, require
from truceline.web.people.permissions import GUARANTEE, REQUEST, RUN, WITHDRAW, may
from truceline.web.wording import SPOKEN, word

_SPOKEN = [(code, SPOKEN[code]) for code in LANGUAGES]
Act = Callable[[Desk, str, str, acts.Wording], object]

# What a button does: the ledger's kind of entry, whose job it is, the act, and what is said after.
_ACTS: Mapping[str, tuple[str, str, Act, Promise]] = {
    "guarantee": (
        "window/guaranteed",
        GUARANTEE,
        acts.guarantee_window,
        _("Your side’s guarantee was given."),
    ),
    "refuse": (
        "window/refused",
        GUARANTEE,
        acts.refuse_window,
        _("Your side’s guarantee was refused."),
    ),
    "open": (
        "window/opened",
        RUN,
        lambda desk, by, number, _: acts.open_window(desk, by, number),
        _("The window was opened."),
    ),
    "complete": (
        "window/completed",
        RUN,
        acts.complete_window,
        _("The window was closed: the work is done."),
    ),
    "withdraw": (
        "window/withdrawn",
        WITHDRAW,
        acts.withdraw_window,
        _("The window was withdrawn."),
    ),
}


class NewWindow(forms.Form):
    """Where, when and what for."""

    purpose = forms.ChoiceField(label=_("What for"))
    lat = forms.DecimalField(
        label=_("Latitude, degrees"), min_value=-90, max_value=90, decimal_places=7
    )
    lon = forms.DecimalField(
        label=_("Longitude, degrees"), min_value=-180, max_value=180, decimal_places=7
    )
    radius_m = forms.IntegerField(label=_("Radius, metres"), min_value=1, max_value=200_000)
    begins = forms.DateTimeField(
        label=_("Begins"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends = forms.DateTimeField(
        label=_("Ends"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    wording = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=_SPOKEN)

    def __init__(self, given: Any = None) -> None:  # noqa: ANN401 - the request's own mapping
        """Offer the purposes there are, in the reader's language."""
        language = get_language() or "en"
        super().__init__(given, initial={"language": language, "radius_m": 2_000})
        offered = [(code, word(code, "purpose", language)) for code in PURPOSES]
        self.fields["purpose"].choices = offered  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A window ends after it begins."""
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins and ends and begins >= ends:
            self.add_error("ends", _("A window ends after it begins."))
        return self.cleaned_data

    def asked(self, desk: Desk) -> WindowRequested:
        """The request as the record holds it: every party must guarantee it."""
        given, where = self.cleaned_data, desk.charter.where
        return WindowRequested(
            lat_e7=int(given["lat"] * E7),
            lon_e7=int(given["lon"] * E7),
            radius_m=given["radius_m"],
            from_us=_instant_us(given["begins"], where),
            until_us=_instant_us(given["ends"], where),
            purpose=given["purpose"],
            wording=normalize("NFC", given["wording"]),
            language=given["language"],
            guarantors=tuple(sorted(desk.charter.party_codes)),
        )


class Saying(forms.Form):
    """Words that go with an act on a window; none are needed."""

    wording = forms.CharField(required=False, max_length=4_000)
    language = forms.ChoiceField(choices=_SPOKEN)


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Every window, those still open first."""
    windows = request.view.windows()
    facts = {
        "open": [one for one in windows if one.state in OPEN_STATES],
        "over": [one for one in reversed(windows) if one.state not in OPEN_STATES],
    }
    return render(request, "truceline/windows.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Ask for a window."""
    require(request, REQUEST)
    form = NewWindow(request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = len(request.view.windows())
        by = request.officer.reader
        asked = do(
            request,
            lambda: acts.request_window(request.desk, by, form.asked(request.desk)),
            gettext(
                "The window was asked for. It is not in effect until every side guarantees it."
            ),
        )
        fresh = request.desk.view(by).windows()[before:]
        if asked and fresh:
            return redirect("window", fresh[-1].number)
    return render(request, "truceline/window_new.html", {"form": form})


@require_safe
def page(request: DeskRequest, number: str) -> HttpResponse:
    """One window as it stands now, and what this officer may do about it."""
    window = _found(request, number)
    given = {party: at_us for party, _, at_us in window.guarantees}
    facts = {
        "window": window,
        "where": place_of(request.desk, window),
        "guarantees": [(code, given.get(code)) for code in window.guarantors],
        "open_acts": [name for name in _ACTS if _offered(request, window, name)],
        "spoken": _SPOKEN,
    }
    return render(request, "truceline/window.html", facts)


@require_POST
def act(request: DeskRequest, number: str, act: str) -> HttpResponse:
    """Guarantee, refuse, open, complete or withdraw a window."""
    if act not in _ACTS:
        raise Http404
    _, job, does, said = _ACTS[act]
    require(request, job)
    _found(request, number)
    form = Saying(request.POST)
    if not form.is_valid():
        complain(request, form)
        return redirect("window", number)
    given = form.cleaned_data
    words = acts.Wording(text=normalize("NFC", given["wording"]), language=given["language"])
    do(request, lambda: does(request.desk, request.officer.reader, number, words), str(said))
    return redirect("window", number)


def _found(request: DeskRequest, number: str) -> Window:
    window = request.view.window(number)
    if window is None:
        raise Http404
    return window


def _offered(request: DeskRequest, window: Window, name: str) -> bool:
    """Say whether a button has a point: their job, their side, and the right moment."""
    kind, job, _, _ = _ACTS[name]
    reader, rule = request.officer.reader, RULES[kind]
    if not may(request.officer, job) or window.state not in rule.states:
        return False
    if kind in {"window/guaranteed", "window/refused"}:
        return reader in window.missing
    if kind == "window/opened" and request.view.as_of_us < window.from_us:
        return False
    return bool(rule.roles & window.roles(reader))


def _instant_us(moment: datetime, where: ZoneInfo) -> int:
    """An instant from a clock reading in the centre's zone; one that happened twice is refused."""
    span = local_span(moment.replace(tzinfo=None), where)
    if span.length_us > 1:
        raise BadValue(gettext("The clocks went back in that hour; choose a time outside it."))
    return span.from_us
