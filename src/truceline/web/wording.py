"""Every code of the record in words. A code without a wording is shown as it is, never dropped."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from truceline.assessment import wording as assessment
from truceline.coordination import wording as coordination
from truceline.terms import phrases
from truceline.values.instant import MINUTE_US
from truceline.values.texts import LANGUAGES, Text

Words = Mapping[str, Promise | str]

MODES: Words = {
    "live": _("Live"),
    "exercise": _("EXERCISE: invented parties, invented map"),
    "replay": _("REPLAY: past reports, for study only"),
}
BASES: Words = {
    "seen": _("saw it"),
    "heard": _("heard it"),
    "recorded": _("recorded it"),
    "told": _("was told of it"),
    "stated": _("states it, without saying how it is known"),
}
STANCES: Words = {
    "asserts": _("says it happened"),
    "denies": _("denies it"),
    "not_perceived": _("was watching and did not perceive it"),
}
UNKNOWNS: Words = {
    "not_given": _("not given"),
    "not_observed": _("not observed"),
    "withheld": _("withheld"),
    "erased": _("erased"),
    "unreadable": _("not readable"),
}
CONTRADICTIONS: Words = {
    "occurred": _("One says it happened, another denies it."),
    "act": _("They describe different acts, which cannot both be the same event."),
    "actor": _("They name different actors."),
    "place": _("The places they give lie further apart than the stated errors allow."),
    "time": _("The times they give do not overlap."),
    "count": _("The numbers they give do not agree."),
}
NORMS: Words = {
    "prohibit": pgettext_lazy("norm", "prohibited"),
    "ceiling": pgettext_lazy("norm", "limited in number"),
    "require": pgettext_lazy("norm", "required"),
    "power": pgettext_lazy("norm", "permitted on a condition"),
    "declare": pgettext_lazy("norm", "declared; judged by nobody here"),
}
WATCHERS: Words = {
    "patrol": _("patrol"),
    "fixed_post": _("fixed post"),
    "camera": _("camera"),
    "uav": _("drone"),
    "acoustic": _("acoustic sensor"),
    "seismic": _("seismic sensor"),
    "satellite": _("satellite"),
}
COVERAGE_STATES: Words = {
    "up": pgettext_lazy("coverage", "watching"),
    "degraded": pgettext_lazy("coverage", "watching with limits"),
    "down": pgettext_lazy("coverage", "not watching"),
}
COVERAGE_REASONS: Words = {
    "night": pgettext_lazy("coverage", "night"),
    "weather": pgettext_lazy("coverage", "weather"),
    "jammed": pgettext_lazy("coverage", "jammed"),
    "denied": pgettext_lazy("coverage", "access denied"),
    "outage": pgettext_lazy("coverage", "outage"),
    "not_tasked": pgettext_lazy("coverage", "not tasked"),
}
LINKS: Words = {
    "same_event": _("may be the same event"),
    "copy": _("copies of one origin"),
    "answer": _("one answers the other"),
    "confirmed": _("put together by a person"),
}
SOURCES: Words = {
    "party-list": _("a party’s list"),
    "patrol-log": _("patrol log"),
    "coverage": _("coverage log"),
    "complaint": _("complaint"),
    "viina-events": _("event data set"),
    "viina-headlines": _("headlines"),
    "geojson": _("map features"),
}
ENTRIES: Words = {
    "centre/founded": _("centre founded"),
    "model/adopted": _("model adopted"),
    "terms/adopted": _("terms adopted"),
    "key/registered": _("key registered"),
    "report/taken": _("report taken in"),
    "report/slot": _("slot: what monitors handed in, or nothing"),
    "register/entered": _("fact entered in the register"),
    "complaint/acknowledged": _("complaint acknowledged"),
    "complaint/answered": _("complaint answered"),
    "incident/confirmed": _("claims put together"),
    "incident/split": _("claims taken apart"),
    "incident/undone": _("act on an incident undone"),
    "window/requested": _("window requested"),
    "window/guaranteed": _("guarantee given"),
    "window/refused": _("guarantee refused"),
    "window/demined": _("ground reported clear"),
    "window/opened": _("window opened"),
    "window/completed": _("window completed"),
    "window/breached": _("silence not kept"),
    "window/withdrawn": _("window withdrawn"),
    "bulletin/published": _("bulletin published"),
    "bulletin/objected": _("objection to a bulletin"),
    "bulletin/corrected": _("corrigendum published"),
    "key/revoked": _("key revoked"),
    "roots/changed": _("root keys of a party changed"),
    "relay/noted": _("relay note: shown to a party when the centre did not take it"),
    "log/handed-over": _("record handed over to a successor"),
    "payload/erased": _("content to be erased, as agreed"),
    "payload/erasure-done": _("content erased here"),
    "report/to-capital": _("sealed report to a capital"),
    "text/opened": _("text opened"),
    "text/offered": _("wording offered"),
    "text/proposed": _("option proposed"),
    "text/supported": _("option supported"),
    "text/reserved": _("reservation made"),
    "text/lifted": _("reservation lifted"),
    "text/answered": _("answer to a text"),
    "text/reopened": _("bracket reopened"),
    "text/initialled": _("text initialled"),
    "text/adopted": _("text adopted"),
    "text/voided": _("text voided"),
    "text/withdrawn": _("proposal withdrawn"),
    "position/stated": _("position stated"),
    "outcome/told": _("outcome of an issue told"),
    "understanding/invoked": _("understanding invoked"),
    "instrument/prepared": _("instrument prepared"),
    "instrument/readied": _("instrument said to be ready"),
    "instrument/signed": _("instrument signed"),
    "instrument/ratified": _("instrument ratified"),
}
FINALITY: Words = {
    "logged": pgettext_lazy("finality", "logged"),
    "replicated": pgettext_lazy("finality", "held by others too"),
    "witnessed": pgettext_lazy("finality", "witnessed"),
    "final": pgettext_lazy("finality", "final"),
}
SPOKEN: Words = {
    "en": pgettext_lazy("language", "English"),
    "uk": pgettext_lazy("language", "Ukrainian"),
    "ru": pgettext_lazy("language", "Russian"),
    "und": pgettext_lazy("language", "language not stated"),
}
# These rooms keep their own words, in all languages, beside the rules they word.
_KEPT_ELSEWHERE: Mapping[str, Mapping[str, Text]] = {
    "complaint_state": coordination.COMPLAINT_STATES,
    "answer": coordination.ANSWERS,
    "window_state": coordination.WINDOW_STATES,
    "purpose": coordination.PURPOSES,
    "step": coordination.STEPS,
    "refusal": coordination.REFUSALS,
    "level": assessment.LEVELS,
    "ground": assessment.GROUNDS,
    "decide": assessment.DECIDES,
    "verdict_word": phrases.WORDS,
}
_KINDS: Mapping[str, Words] = {
    "mode": MODES,
    "basis": BASES,
    "stance": STANCES,
    "unknown": UNKNOWNS,
    "contradiction": CONTRADICTIONS,
    "norm": NORMS,
    "watcher": WATCHERS,
    "coverage": COVERAGE_STATES,
    "coverage_reason": COVERAGE_REASONS,
    "link": LINKS,
    "source": SOURCES,
    "entry": ENTRIES,
    "finality": FINALITY,
    "language": SPOKEN,
}


def word(code: str, kind: str, language: str) -> str:
    """The wording of a code of one kind; the code itself where there is none."""
    if kind in _KEPT_ELSEWHERE:
        text = _KEPT_ELSEWHERE[kind].get(code)
        return text.in_(language if language in LANGUAGES else "en") if text else code
    return str(_KINDS[kind].get(code, code))


def deciding(code: str, language: str) -> str:
    """What would decide a clause: `place:300` reads "a better position (now known to 300 m)"."""
    for prefix in ("place:", "attr.", "record:"):
        if code.startswith(prefix):
            value = code.removeprefix(prefix)
            return phrases.MISSING[prefix].in_(language).format(value=value)
    text = phrases.MISSING.get(code)
    return text.in_(language) if text else code


def minutes_up(left_us: int) -> str:
    """How long a name still rests after too many wrong passwords."""
    minutes = max(1, -(-left_us // MINUTE_US))
    return ngettext(
        "Too many wrong passwords. Signing in rests for %(minutes)d more minute.",
        "Too many wrong passwords. Signing in rests for %(minutes)d more minutes.",
        minutes,
    ) % {"minutes": minutes}
