"""The first page of an exercise: the story of one incident, each step a real page of the desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from truceline.desk.story import Story
from truceline.desk.story import story as told
from truceline.values.audience import CENTRE
from truceline.values.instant import Span
from truceline.web.opening import DeskRequest

_TITLES: dict[str, tuple[Promise, Promise]] = {
    "a": (
        _("At night one party complains"),
        _(
            "It was given a number at once, the receipt went to both sides, and a clock began to "
            "run for the answer. Look at the clock, and download the proof of the receipt."
        ),
    ),
    "b": (
        _("The other side denies; a patrol heard but did not see; a camera was down"),
        _(
            "Nobody’s word replaces anybody else’s. Look at who saw, who heard and who only states "
            "it, and at who was watching at that moment and who was not."
        ),
    ),
    "c": (
        _("One incident, three claims, no verdict"),
        _(
            "The claims stand side by side, the contradiction and the gap in watching are named. "
            "Look at the result, undetermined, and at what would decide it."
        ),
    ),
    "d": (
        _("A window of silence is agreed and a repair crew goes in"),
        _(
            "The window opens only once every side has given its guarantee. Look at the "
            "guarantees, each with its time, and at who opened and closed the window."
        ),
    ),
    "e": (
        _("The evening bulletin in three languages"),
        _(
            "Claims are counted per claimant and never added up. Look for a sector with “no "
            "observation”: nobody was watching there, so a zero does not mean that it was quiet."
        ),
    ),
    "f": (
        _("One side objects, and a dated corrigendum appears"),
        _(
            "What was published stays as it was, with the objection and the correction beside it. "
            "Look at the date of each, and at what the corrigendum says has changed."
        ),
    ),
    "g": (
        _("Someone at the centre rewrites yesterday"),
        _(
            "On a copy of this centre an old entry is rewritten and everything is signed again "
            "with the centre’s own keys. Run it, then look at who notices and which entry is named."
        ),
    ),
    "h": (
        _("One party looks for the other’s patrols, and cannot find them"),
        _(
            "This is everything one party may lawfully read about where the other’s people were. "
            "Look at the finest place and hour in it, and compare them with the agreed limit."
        ),
    ),
}

_COARSE = _(
    "Your side reads what monitors reported by cell and reporting day, as the other side does."
)
_NO_RESULT = _(
    "The result is shown only to those who may read every claim in full; neither side is among "
    "them. The contradiction, and what would decide whether it occurred, are shown to you too."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as the page shows it."""

    letter: str
    at_us: int | None
    where: str
    number: str = ""
    said: Span | None = None
    aside: Promise | str = ""

    @property
    def title(self) -> Promise:
        """What happened."""
        return _TITLES[self.letter][0]

    @property
    def look(self) -> Promise:
        """What to look at."""
        return _TITLES[self.letter][1]


@require_safe
def story(request: DeskRequest) -> HttpResponse:
    """The story; a centre that has none to tell goes straight to its queue."""
    found = told(request.desk)
    if found is None:
        return redirect("queue")
    return render(request, "truceline/start.html", {"steps": list(_steps(request, found))})


def _steps(request: DeskRequest, found: Story) -> Iterator[Step]:
    charter, reader = request.desk.charter, request.officer.reader
    in_part = reader not in charter.staff
    complaint, incident, window = found.complaint, found.incident, found.window
    said_us = min((answer.at_us for answer in complaint.answers), default=None)
    page = reverse("incident", args=(incident.id,))
    yield Step(
        letter="a",
        at_us=complaint.at_us,
        where=reverse("complaint", args=(complaint.number,)),
        number=complaint.number,
        said=_said(request, complaint.claim_id),
    )
    yield Step(
        letter="b",
        at_us=said_us,
        where=f"{page}#sides",
        number=incident.id,
        aside=_COARSE if in_part else "",
    )
    yield Step(
        letter="c",
        at_us=None,
        where=f"{page}#result",
        number=incident.id,
        aside="" if request.view.proposals(incident.id) else _NO_RESULT,
    )
    if window:
        where = reverse("window", args=(window.number,))
        yield Step(letter="d", at_us=window.from_us, where=where, number=window.number)
    for letter, bulletin in (("e", found.before), ("f", found.after)):
        if bulletin:
            where = reverse("bulletin", args=(bulletin.number,))
            yield Step(letter=letter, at_us=bulletin.at_us, where=where, number=bulletin.number)
    yield Step(letter="g", at_us=None, where=reverse("rewrite"))
    if reader in charter.party_codes:
        yield Step(letter="h", at_us=None, where=reverse("sight"))
    elif reader == CENTRE:
        yield Step(letter="h", at_us=None, where=f"{reverse('sight')}?reader={found.other}")


def _said(request: DeskRequest, claim_id: str) -> Span | None:
    """When it happened, as the complaint says."""
    rows = request.view.claims([claim_id])
    span = rows[0].claim.said.span if rows else None
    return span if isinstance(span, Span) else None
