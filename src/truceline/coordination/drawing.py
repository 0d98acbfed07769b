"""The rules of windows drawn as text, for the page that explains them."""

from truceline.coordination.windows import OPEN_STATES, RULES, State

CLOCK_LINE = "time runs out"


def states() -> str:
    """One line per way out of each state, in the order of the states; drawn from `RULES`."""
    width = max(len(state) for state in State)
    lines = []
    for state in State:
        ways = [*_ways(state), *([(CLOCK_LINE, State.LAPSED)] if state in OPEN_STATES else [])]
        lines += [f"{state:<{width}}  --{act}-->  {to}" for act, to in ways]
    return "\n".join(lines)


def _ways(state: State) -> list[tuple[str, State]]:
    return [
        (_named(act, state, rule.to), rule.to)
        for act, rule in RULES.items()
        if state in rule.states
    ]


def _named(act: str, state: State, to: State) -> str:
    """The act, with the condition that is not in the table of who may do it from where."""
    name = act.removeprefix("window/")
    if to is State.GUARANTEED and state is State.REQUESTED:
        return f"{name} (by the last guarantor)"
    return f"{name} (if it was active)" if state is State.LAPSED else name
