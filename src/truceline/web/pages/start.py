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
from truceline.web.opening import DeskRequest

_TITLES: dict[str, tuple[Promise, Promise]] = {
    "a": (
        _("At night one party complains"),
        _(
            "The complaint has a number, both sides hold the receipt, and a clock runs for the "
            "answer. Look at the clock, and download the receipt: it proves that it was lodged."
        ),
    ),
    "b": (
        _("The other side denies; a patrol heard but did not see; a camera was down"),
        _(
            "Nobody’s word replaces anybody else’s. Look at who saw, who heard and who only states "
            "it, and at the stretch in which nobody was watching."
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
            "Claims are counted per claimant and never added up. Look for a zero with “no "
            "observation” beside it: nobody was watching, so nobody can call it quiet."
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
            "with the centre’s own keys. Look at who notices, and at the entry that is named."
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as the page shows it."""

    letter: str
    at_us: int | None
    where: str
    number: str = ""

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
    return render(request, "truceline/start.html", {"steps": list(_steps(found))})


def _steps(found: Story) -> Iterator[Step]:
    complaint, incident, window = found.complaint, found.incident, found.window
    said_us = min((answer.at_us for answer in complaint.answers), default=None)
    page = reverse("incident", args=(incident.id,))
    yield Step(
        letter="a",
        at_us=complaint.at_us,
        where=reverse("complaint", args=(complaint.number,)),
        number=complaint.number,
    )
    yield Step(letter="b", at_us=said_us, where=f"{page}#sides", number=incident.id)
    yield Step(letter="c", at_us=None, where=f"{page}#result", number=incident.id)
    if window:
        where = reverse("window", args=(window.number,))
        yield Step(letter="d", at_us=window.from_us, where=where, number=window.number)
    for letter, bulletin in (("e", found.before), ("f", found.after)):
        if bulletin:
            where = reverse("bulletin", args=(bulletin.number,))
            yield Step(letter=letter, at_us=bulletin.at_us, where=where, number=bulletin.number)
    yield Step(letter="g", at_us=None, where=reverse("rewrite"))
    yield Step(letter="h", at_us=None, where=f"{reverse('sight')}?reader={found.other}")
