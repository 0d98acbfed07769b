"""Complaints: a number, a receipt for both sides, a clock, an answer in the other side's words."""

from datetime import datetime, time, timedelta
from typing import Any
from unicodedata import normalize

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from truceline.coordination.acts import STANCES
from truceline.coordination.complaints import Complaint
from truceline.desk import acts
from truceline.desk.errors import NothingTaken
from truceline.reports.coordinates import point_of
from truceline.reports.fields import BadField, count_of
from truceline.values.acts import ACTS, UNKNOWN
from truceline.values.errors import BadValue
from truceline.values.instant import from_us
from truceline.values.texts import LANGUAGES
from truceline.web.opening import DeskRequest
from truceline.web.pages.acting import complain, do, require
from truceline.web.people.permissions import ACKNOWLEDGE, ANSWER, LODGE
from truceline.web.templatetags.reading import party_name
from truceline.web.wording import SPOKEN, word

_SPOKEN = [(code, SPOKEN[code]) for code in LANGUAGES]


class NewComplaint(forms.Form):
    """What a complaint says. Times are the centre's; a place may be known only roughly."""

    accused = forms.ChoiceField(
        label=_("Who is said to have done it"),
        required=False,
        help_text=_(
            "Leave open where you do not know: every other party is then asked to answer, and "
            "nobody is named."
        ),
    )
    act = forms.ChoiceField(label=_("What happened"))
    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(
        label=_("Time, from"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    until = forms.TimeField(
        label=_("Time, until"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    position = forms.CharField(
        label=_("Position"),
        required=False,
        max_length=80,
        help_text=_("Latitude and longitude, or MGRS: 47.5123, -34.1000."),
    )
    error_m = forms.IntegerField(
        label=_("How far off it may be, in metres"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Left empty, 500 m is taken."),
    )
    place = forms.CharField(label=_("Name of the place"), required=False, max_length=200)
    count = forms.CharField(
        label=_("How many"),
        required=False,
        max_length=40,
        help_text=_("A number, a range such as 4-6, or “at least 3”."),
    )
    text = forms.CharField(
        label=_("In your words"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=_SPOKEN)

    def __init__(self, given: Any, request: DeskRequest) -> None:  # noqa: ANN401 - the request's own mapping
        """Offer this centre's parties and every act of the registry, in the reader's language."""
        language = get_language() or "en"
        super().__init__(given, initial={"language": language, "act": UNKNOWN})
        self.now = localtime(from_us(request.view.as_of_us)).replace(tzinfo=None)
        charter, own = request.desk.charter, request.officer.reader
        others = [code for code in charter.party_codes if code != own]
        offered = [("", _("not known"))] + [(code, party_name(charter, code)) for code in others]
        self.fields["accused"].choices = offered  # type: ignore[attr-defined]  # a choice field
        named = [(path, text.in_(language)) for path, text in ACTS.items()]
        self.fields["act"].choices = named  # type: ignore[attr-defined]

    def clean_position(self) -> str:
        """What cannot be read is said here, in the reader's language, before anything is taken."""
        given = str(self.cleaned_data["position"])
        try:
            if given:
                point_of(given)
        except BadField as problem:
            raise forms.ValidationError(
                _("This position cannot be read. Write it like 47.5123, -34.1000, or as MGRS.")
            ) from problem
        return given

    def clean_count(self) -> str:
        """A number, a range or a lower bound."""
        given = str(self.cleaned_data["count"])
        try:
            count_of(given)
        except (BadField, BadValue) as problem:
            raise forms.ValidationError(
                _("This number cannot be read. Write 3, 4-6 or “at least 3”.")
            ) from problem
        return given

    def clean(self) -> dict[str, Any]:
        """What is still to come cannot have happened; an end before the beginning is next day."""
        given = self.cleaned_data
        date, begins, ends = given.get("date"), given.get("time"), given.get("until")
        if not date:
            return given
        if datetime.combine(date, begins or time.min) > self.now:
            self.add_error("date", _("This is still to come by the centre’s clock."))
        elif begins and ends:
            day = date + timedelta(days=1) if ends < begins else date
            if datetime.combine(day, ends) > self.now:
                self.add_error("until", _("This is still to come by the centre’s clock."))
        return given

    def spelt(self) -> str:
        """The complaint in the form of docs/formats/sources/complaint.md."""
        given = self.cleaned_data
        lines = [f"{key}: {_line(given[key])}" for key in _LINES if given[key] not in (None, "")]
        words = [line.strip() for line in given["text"].splitlines() if line.strip()]
        return normalize("NFC", "\n".join([*lines, "text: " + "\n  ".join(words), ""]))


_LINES = (
    "accused", "act", "date", "time", "until", "position", "error_m", "place", "count", "language",
)  # fmt: skip


class Answering(forms.Form):
    """What an accused party says to a complaint."""

    stance = forms.ChoiceField(label=_("Answer"))
    wording = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=_SPOKEN)

    def __init__(self, given: Any = None) -> None:  # noqa: ANN401 - the request's own mapping
        """Offer the answers there are, in the reader's language."""
        language = get_language() or "en"
        super().__init__(given, initial={"language": language})
        answers = [(code, word(code, "answer", language)) for code in STANCES]
        offered = [("", pgettext_lazy("choice", "choose")), *answers]
        self.fields["stance"].choices = offered  # type: ignore[attr-defined]  # a choice field


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Lodge a complaint: taken in as it stands, numbered, acknowledged to both sides."""
    require(request, LODGE)
    form = NewComplaint(request.POST or None, request)
    if request.method == "POST" and form.is_valid():
        lodged = _Lodged()
        if do(request, lambda: lodged.take(request, form), gettext("The complaint was lodged.")):
            return redirect("complaint", lodged.number)
    return render(request, "truceline/complaint_new.html", {"form": form})


class _Lodged:
    """The number a complaint was given."""

    number = ""

    def take(self, request: DeskRequest, form: NewComplaint) -> None:
        given = form.cleaned_data
        number, outcome = acts.file_complaint(
            request.desk, request.officer.reader, form.spelt(), language=given["language"]
        )
        if outcome.unreadable:
            raise NothingTaken(outcome.unreadable[0].reason)
        if not number:
            raise NothingTaken(gettext("This very complaint was lodged before; see the queue."))
        self.number = number


@require_safe
def page(request: DeskRequest, number: str) -> HttpResponse:
    """One complaint as it stands now."""
    complaint = _found(request, number)
    rows = request.view.claims([complaint.claim_id])
    reader = request.officer.reader
    in_hand = {party for party, _, _ in complaint.acknowledged}
    facts = {
        "complaint": complaint,
        "row": rows[0] if rows else None,
        "incident": request.view.incident_of(complaint.claim_id) if rows else None,
        "answering": Answering() if reader in complaint.against else None,
        "in_hand": reader in complaint.against and reader not in in_hand,
    }
    return render(request, "truceline/complaint.html", facts)


@require_POST
def answer(request: DeskRequest, number: str) -> HttpResponse:
    """Answer a complaint that names this officer's party."""
    require(request, ANSWER)
    _found(request, number)
    form = Answering(request.POST)
    if not form.is_valid():
        complain(request, form)
        return redirect("complaint", number)
    given = form.cleaned_data
    said = acts.Wording(text=normalize("NFC", given["wording"]), language=given["language"])
    do(
        request,
        lambda: acts.answer_complaint(
            request.desk, request.officer.reader, number, given["stance"], said
        ),
        gettext("The answer was given."),
    )
    return redirect("complaint", number)


@require_POST
def acknowledge(request: DeskRequest, number: str) -> HttpResponse:
    """Say that the complaint is in hand."""
    require(request, ACKNOWLEDGE)
    _found(request, number)
    do(
        request,
        lambda: acts.acknowledge_complaint(request.desk, request.officer.reader, number),
        gettext("You acknowledged the complaint."),
    )
    return redirect("complaint", number)


def _found(request: DeskRequest, number: str) -> Complaint:
    complaint = request.view.complaint(number)
    if complaint is None:
        raise Http404
    return complaint


def _line(value: object) -> str:
    """A value on one line: a line break in it could pass for a key of the form."""
    return " ".join(str(value).split())
