"""Play an exercise's script into a centre: each step becomes the act a person would have done.

The centre's clock stands at each step's own instant, and at each slot between two steps, so the
record reads as if the days had passed.
"""

from collections.abc import Callable, Sequence

from truceline.desk import acts, publishing, slots
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.taking import Incoming, take
from truceline.exercise.script import Act, Correct, Object, Publish, Step, TakeFile
from truceline.values.mode import Mode


def play(desk: Desk, steps: Sequence[Step], progress: Callable[[int], None]) -> int:
    """Play every step and return the instant of the last one.

    Raises ActRefused where the centre is not an exercise: a script never enters a live record.
    """
    if desk.charter.mode is not Mode.EXERCISE:
        raise ActRefused(f"{desk.folder} is {desk.charter.mode}; only an exercise can be played")
    for done, step in enumerate(steps, start=1):
        _pass_time(desk, step.at_us)
        _play(desk, step)
        progress(done)
    _pass_time(desk, steps[-1].at_us + desk.charter.slot_us)  # what came last enters as well
    desk.clock.hold(steps[-1].at_us)
    return desk.now_us()


def _pass_time(desk: Desk, until_us: int) -> None:
    """Let time pass up to an instant, entering every slot that is due on the way."""
    while (due_us := slots.next_us(desk)) is not None and due_us <= until_us:
        desk.clock.hold(due_us)
        slots.tick(desk)
    desk.clock.hold(until_us)


def _play(desk: Desk, step: Step) -> None:
    match step:
        case TakeFile():
            _take(desk, step)
        case Act():
            acts.post_checked(desk, step.by, step.kind, step.payload)
        case Publish():
            publishing.publish(desk, step.by, step.date)
        case Object():
            number = publishing.newest(desk, step.date)
            said = acts.Wording(text=step.wording, language=step.language)  # type: ignore[arg-type]
            publishing.object_to(desk, step.by, number, said)
        case Correct():
            publishing.correct(desk, step.by, publishing.newest(desk, step.date))


def _take(desk: Desk, step: TakeFile) -> None:
    incoming = Incoming(
        source=step.source,
        name=step.name,
        raw=step.raw,
        owner=step.owner,
        by=step.on_behalf_of or step.by,
        zone=step.zone,
        language=step.language,
        acl=step.audience,
    )
    take(desk, incoming)
