"""The one place where the machine is asked what time it is."""

import time


def machine_us() -> int:
    """Microseconds UTC by this machine's clock."""
    return time.time_ns() // 1_000


class Clock:
    """A centre's clock: the machine's, shifted in an exercise to go on from where it was left.

    It can be held still at an instant, which is how an exercise is played.
    """

    def __init__(self, shift_us: int = 0) -> None:
        """Run with the machine, ahead or behind by a shift."""
        self._shift_us = shift_us
        self._held_us: int | None = None

    def hold(self, instant_us: int) -> None:
        """Stand still at an instant until the next call."""
        self._held_us = instant_us

    def now_us(self) -> int:
        """The centre's time."""
        return self._held_us if self._held_us is not None else machine_us() + self._shift_us


def from_instant(instant_us: int) -> Clock:
    """A clock that goes on running from an instant."""
    return Clock(shift_us=instant_us - machine_us())
