"""Why two claims stand together, as sentences with their numbers."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext, ngettext

from truceline.incidents.incident import Reason

Facts = Mapping[str, int]


def sentence(reason: Reason) -> str:
    """One ground for or against a link; a code without a sentence is shown as it is."""
    wording = _SENTENCES.get(reason.code)
    return wording(dict(reason.facts)) if wording else reason.code


def _near(facts: Facts) -> str:
    return gettext("The places given lie %(apart_m)d m apart, within the stated errors.") % {
        "apart_m": facts.get("apart_m", 0)
    }


def _far(facts: Facts) -> str:
    return gettext("The places given lie %(apart_m)d m apart, far for the stated errors.") % {
        "apart_m": facts.get("apart_m", 0)
    }


def _time_apart(facts: Facts) -> str:
    seconds = facts.get("gap_s", 0)
    return ngettext(
        "The times given lie %(seconds)d second apart.",
        "The times given lie %(seconds)d seconds apart.",
        seconds,
    ) % {"seconds": seconds}


def _same_wording(facts: Facts) -> str:
    return gettext("The wording is %(percent)d %% alike.") % {
        "percent": facts.get("likeness_bp", 0) // 100
    }


def _crowded(facts: Facts) -> str:
    others = facts.get("others", 0)
    return ngettext(
        "%(others)d other origin could be meant just as well.",
        "%(others)d other origins could be meant just as well.",
        others,
    ) % {"others": others}


_SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "near": _near,
    "far_for_error": _far,
    "same_time": lambda _: gettext("The times given overlap."),
    "time_apart": _time_apart,
    "act_agrees": lambda _: gettext("Both describe the same kind of act."),
    "act_may_agree": lambda _: gettext("One describes the act less exactly; it may be the same."),
    "act_differs": lambda _: gettext("They describe different acts."),
    "same_page": lambda _: gettext("Both come from the same page or post."),
    "same_wording": _same_wording,
    "wording_apart": lambda _: gettext("They share hardly a word."),
    "listed_apart": lambda _: gettext("One list names them as two separate rows."),
    "crowded": _crowded,
    "prior": lambda _: gettext("What is assumed of any two claims before anything is compared."),
    "answers": lambda _: gettext("One says that it answers the other."),
    "person": lambda _: gettext("A person decided so, with a reason on the record."),
}
