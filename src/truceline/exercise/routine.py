"""What goes on every day: complaints and answers, windows of silence, the register, bulletins."""

from dataclasses import dataclass, replace

import numpy as np

from truceline.coordination import acts
from truceline.coordination.acts import Stance
from truceline.exercise import sheets
from truceline.exercise.cues import Cue, Numbers, act, cue
from truceline.exercise.script import Act, Publish, Step, TakeFile
from truceline.exercise.telling import Told
from truceline.exercise.truth import Relation, Row
from truceline.exercise.world import CENTRE, GUARANTOR, PARTIES, TEAM
from truceline.values.audience import ALL
from truceline.values.instant import HOUR_US, MINUTE_US, Span

LANGUAGES = ("en", "uk", "ru")
FORM = "daily"
PUBLISHED_AFTER_US = 45 * MINUTE_US  # the bulletin of a day comes out so long after its cut-off

_ANSWERS: dict[str, dict[Stance, str]] = {
    "en": {
        "denies": "Our units did not fire at that time and place.",
        "no_information": "We have no information about this and are asking our units.",
        "partly": "A drone of ours was there; it did not carry anything.",
        "accepts": "One unit acted against its orders; it has been told to stop.",
    },
    "uk": {
        "denies": "Наші підрозділи у цей час і в цьому місці вогню не вели.",
        "no_information": "Відомостей про це не маємо, запитуємо підрозділи.",
        "partly": "Наш дрон там був; він нічого не ніс.",
        "accepts": "Один підрозділ діяв усупереч наказу; йому наказано припинити.",
    },
    "ru": {
        "denies": "Наши подразделения в это время и в этом месте огня не вели.",
        "no_information": "Сведений об этом не имеем, запрашиваем подразделения.",
        "partly": "Наш дрон там был; он ничего не нёс.",
        "accepts": "Одно подразделение действовало вопреки приказу; ему приказано прекратить.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A complaint about to be filed. key: names it among all; ref: the party's own number."""

    key: str
    ref: str
    party: str
    told: Told
    habit: sheets.Habit
    at_us: int
    name: str
    relayed: bool = False
    wording: str = ""


def filed(filing: Filing) -> list[Cue]:
    """A complaint taken in and, a minute later, acknowledged by the centre to both sides."""
    step = TakeFile(
        at_us=filing.at_us,
        by=CENTRE if filing.relayed else filing.party,
        source="complaint",
        name=filing.name,
        raw=sheets.complaint(filing.told, filing.ref, filing.habit, filing.wording),
        owner=filing.party,
        audience=ALL,
        zone=filing.habit.zone,
        language=filing.habit.language,
        on_behalf_of=filing.party if filing.relayed else None,
    )
    fact = Row(file=filing.name, row=1, relation=filing.told.relation, event=filing.told.event)

    def make(numbers: Numbers) -> Step:
        numbers.complain(filing.key)
        return step

    return [
        Cue(at_us=step.at_us, make=make, facts=(fact,)),
        acknowledged(filing.key, CENTRE, filing.at_us + MINUTE_US),
    ]


def acknowledged(key: str, by: str, at_us: int) -> Cue:
    """Somebody has the complaint in hand."""
    return act(
        at_us,
        by,
        "complaint/acknowledged",
        lambda numbers: acts.ComplaintAcknowledged(complaint=numbers.complaints[key], by=by),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the accused says: its stance, its words."""

    at_us: int
    stance: Stance
    wording: str
    language: acts.Language


def answered(filing: Filing, reply: Reply) -> Cue:
    """What the accused says to a complaint."""
    return act(
        reply.at_us,
        filing.told.accused,
        "complaint/answered",
        lambda numbers: acts.ComplaintAnswered(
            complaint=numbers.complaints[filing.key],
            stance=reply.stance,
            wording=reply.wording,
            language=reply.language,
        ),
    )


def denied(filing: Filing, reply: Reply) -> Cue:
    """The same answer on the form of a complaint, two minutes later: a claim beside the other."""
    by = filing.told.accused
    at_us = reply.at_us + 2 * MINUTE_US
    name = f"{by.lower()}-answer-{filing.key}.txt"

    def make(numbers: Numbers) -> Step:
        about = numbers.complaints[filing.key]
        raw = sheets.denial(by, about, f"A-{filing.ref}", reply.wording, reply.language)
        return TakeFile(
            at_us=at_us,
            by=by,
            source="complaint",
            name=name,
            raw=raw,
            owner=by,
            audience=ALL,
            zone=sheets.HABITS[by][0].zone,
            language=reply.language,
        )

    fact = Row(file=name, row=1, relation=Relation.DENIAL, event=filing.told.event)
    return Cue(at_us=at_us, make=make, facts=(fact,))


def complaint(rng: np.random.Generator, filing: Filing, *, on_paper: bool = True) -> list[Cue]:
    """A complaint and what the accused makes of it: it may answer late, or not at all.

    on_paper: a denial may also be handed in on the form, and so become a claim of its own.
    """
    cues = filed(replace(filing, relayed=int(rng.integers(0, 100)) < 8))
    party = filing.told.accused
    language = sheets.HABITS[party][int(rng.integers(0, 2))].language
    after_us = int(rng.integers(20, 180)) * MINUTE_US
    if int(rng.integers(0, 100)) < 70:
        cues.append(acknowledged(filing.key, party, filing.at_us + after_us))
    stance = _stance(int(rng.integers(0, 100)), filing.told)
    reply = Reply(
        at_us=filing.at_us + after_us + int(rng.integers(2 * 60, 22 * 60)) * MINUTE_US,
        stance=stance,
        wording=_ANSWERS[language][stance],
        language=language,
    )
    silent, writes = int(rng.integers(0, 100)) >= 85, int(rng.integers(0, 3)) == 0
    if not silent:
        cues.append(answered(filing, reply))
    if on_paper and not silent and writes and stance == "denies":
        cues.append(denied(filing, reply))
    return cues


def _stance(percent: int, told: Told) -> Stance:
    if percent < 70 or told.relation is Relation.FALSE:
        return "denies"
    if percent < 85:
        return "no_information"
    return "partly" if told.act == "flight.uav" else "accepts"


def bulletin(date: str, cutoff_us: int) -> Cue:
    """The daily bulletin, in every language at once."""
    step = Publish(
        at_us=cutoff_us + PUBLISHED_AFTER_US, by=CENTRE, form=FORM, date=date, languages=LANGUAGES
    )
    return cue(step)


def withdrawal(day_number: int, morning_us: int) -> list[Cue]:
    """Article 2: each party says it has withdrawn, the team checks. Torrin is a day later."""
    cues = []
    for party, said_on, checked_on in (("VEL", 3, 4), ("TOR", 4, 5)):
        if day_number == said_on:
            claim = acts.RegisterEntered(
                type="claim_withdrawn", at_us=morning_us, by=party, clause="a2.withdraw"
            )
            step = Act(at_us=morning_us + HOUR_US, by=party, kind="register/entered", payload=claim)
            cues.append(cue(step))
        if day_number == checked_on:
            check = acts.RegisterEntered(
                type="verify",
                at_us=morning_us + 5 * HOUR_US,
                by=TEAM,
                party=party,
                clause="a2.withdraw",
                result=True,
                as_of_us=morning_us - 16 * HOUR_US,
            )
            at_us = morning_us + 7 * HOUR_US
            cues.append(cue(Act(at_us=at_us, by=TEAM, kind="register/entered", payload=check)))
    return cues


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A window of silence about to be asked for. key: names it among all."""

    key: str
    by: str
    zone: str
    hours: Span
    wording: str
    language: acts.Language
    broker: str = GUARANTOR


def window(asked: Asked, at_us: int, guarantees: dict[str, int]) -> list[Cue]:
    """A request through the guarantor, and who guarantees it when."""
    request = acts.WindowRequested(
        zone=asked.zone,
        from_us=asked.hours.from_us,
        until_us=asked.hours.until_us,
        purpose="repair",
        wording=asked.wording,
        language=asked.language,
        guarantors=tuple(sorted((*PARTIES, GUARANTOR))),
        broker=asked.broker,
    )
    step = Act(at_us=at_us, by=asked.by, kind="window/requested", payload=request)

    def make(numbers: Numbers) -> Step:
        numbers.ask(asked.key)
        return step

    return [
        Cue(at_us=at_us, make=make),
        *(_on_window(asked.key, by, "window/guaranteed", at) for by, at in guarantees.items()),
    ]


def opened(key: str, at_us: int) -> Cue:
    """The centre announces that silence holds."""
    return _on_window(key, CENTRE, "window/opened", at_us)


def completed(key: str, by: str, at_us: int, wording: str, language: acts.Language) -> Cue:
    """Whoever asked says that the work is done and everyone is out."""
    return act(
        at_us,
        by,
        "window/completed",
        lambda numbers: acts.WindowCompleted(
            window=numbers.windows[key], wording=wording, language=language
        ),
    )


def everyday_window(rng: np.random.Generator, day_number: int, cutoff_us: int) -> list[Cue]:
    """Every third day a repair of the waterworks is asked for; it ends in one of four ways."""
    if day_number % 3 != 1:
        return []
    start_us = cutoff_us + 14 * HOUR_US  # the next morning
    hours = Span(from_us=start_us, until_us=start_us + 5 * HOUR_US)
    key = f"orvet-{day_number}"
    asked = Asked(
        key=key,
        by="TOR",
        zone="orvet_window",
        hours=hours,
        wording="Замена насоса на водоканале, четыре человека",
        language="ru",
    )
    at_us = cutoff_us - 4 * HOUR_US + int(rng.integers(0, 90)) * MINUTE_US
    ending = ("completed", "refused", "completed", "lapsed")[day_number // 3 % 4]
    given = {"TOR": at_us + 20 * MINUTE_US, GUARANTOR: at_us + 70 * MINUTE_US}
    if ending == "completed":
        given["VEL"] = at_us + 3 * HOUR_US + int(rng.integers(0, 60)) * MINUTE_US
    cues = window(asked, at_us, given)
    if ending == "refused":
        cues.append(_on_window(key, "VEL", "window/refused", at_us + 2 * HOUR_US))
    if ending == "completed":
        done_us = start_us + 4 * HOUR_US
        cues += [
            opened(key, start_us),
            completed(key, "TOR", done_us, "Насос заменён, все вышли", "ru"),
        ]
    return cues


_NAMED: dict[str, type[acts.WindowNamed]] = {
    "window/guaranteed": acts.WindowGuaranteed,
    "window/refused": acts.WindowRefused,
    "window/opened": acts.WindowOpened,
}


def _on_window(key: str, by: str, kind: str, at_us: int) -> Cue:
    return act(at_us, by, kind, lambda numbers: _NAMED[kind](window=numbers.windows[key]))
