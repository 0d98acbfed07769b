"""What a person sees when something cannot be done: the reason, and where to go from there."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from truceline.coordination.steps import ActRefused
from truceline.coordination.wording import REFUSALS
from truceline.desk.errors import CentreRefused, NotPermitted
from truceline.values.texts import LANGUAGES

_LOG = logging.getLogger(__name__)
_STATUS = {NotPermitted: HTTPStatus.FORBIDDEN, CentreRefused: HTTPStatus.SERVICE_UNAVAILABLE}
_OTHERWISE = HTTPStatus.CONFLICT


def refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    """A page for an error a person can act on: its message as given."""
    status = next((_STATUS[kind] for kind in _STATUS if isinstance(problem, kind)), _OTHERWISE)
    title = gettext("This could not be done")
    return _page(request, status, title, in_words(problem))


def not_ready(request: HttpRequest, problem: Exception) -> HttpResponse:
    """503: the centre cannot be opened. Why, with its folders, is for who runs the machine."""
    _LOG.error("the centre cannot be opened: %s", problem)
    return _page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        gettext("The desk cannot be opened now"),
        gettext(
            "The reason has been written down for those who run this machine: tell them. What "
            "stands in the ledger is safe."
        ),
    )


def in_words(problem: Exception) -> str:
    """What stands in the way, in the reader's language where the rule has a wording in it."""
    if isinstance(problem, ActRefused):
        language = get_language() or "en"
        return REFUSALS[problem.code].in_(language if language in LANGUAGES else "en")
    return str(problem)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: somebody else's act or page."""
    del exception  # which act it was, the page they came from says better
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        gettext("This is not yours to do"),
        gettext("Your role does not include this act. Nothing was changed."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not one this desk gave out."""
    del reason  # it speaks to developers
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        gettext("This form can no longer be accepted"),
        gettext("Go back, reload the page and send the form again. Nothing was changed."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing there, or nothing this reader may see. The two look the same."""
    del exception
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        gettext("There is nothing here that you may read"),
        gettext("Check the number, or start again from the queue."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The record is safe: an act is either in the ledger or was never done."""
    return _page(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        gettext("The desk failed to answer"),
        gettext(
            "The fault has been written down for those who run this machine. An act counts only "
            "once it stands in the ledger: look there before you repeat it."
        ),
    )


def _page(request: HttpRequest, status: HTTPStatus, title: str, words: str) -> HttpResponse:
    facts = {"title": title, "words": words, "status": status.value}
    return render(request, "truceline/failure.html", facts, status=status)
