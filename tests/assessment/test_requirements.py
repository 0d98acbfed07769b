"""The checks of the requirements on verification, attribution and decision, each by its number."""

import pytest

from truceline.assessment import acts
from truceline.assessment.accounts import control, strikes
from truceline.assessment.case import Case, CaseAct, State
from truceline.assessment.casework import fold
from truceline.assessment.deciding import decide
from truceline.assessment.harm import confirmed_totals, tolls
from truceline.assessment.ladder import Item, origins
from truceline.assessment.occurrence import Level
from truceline.assessment.policy import Cell, Payload, PolicyAdopted, Stage
from truceline.assessment.ruling import Bench
from truceline.assessment.stated import Account, AccountStated, HarmReported
from truceline.assessment.tallying import shares, tally, waiting
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US

BENCH = Bench(staff=frozenset({"CENTRE", "JVT"}), parties=frozenset({"TOR", "VEL"}))
POLICY = PolicyAdopted(
    stages=(
        Stage(name="committee", members=("ALD", "TOR", "VEL")),
        Stage(name="board", members=("ALD",)),
    ),
    rule="majority",
    matrix=(Cell(facts=("civilians_hurt",), severity="grave"), Cell(facts=(), severity="minor")),
)
A = "A-0"
OPENED = acts.CaseOpened(subject="I-KQ3MZ7RA", question="Did it occur?", complainant="VEL")
PUT = acts.CasePut(case=A, parties=("TOR",), actors=("TOR",))


def case_after(
    *said: tuple[str, Payload], step_us: int = HOUR_US, policy: PolicyAdopted = POLICY
) -> Case:
    """The case after these acts, one an hour."""
    told = [("CENTRE", OPENED), *said]
    lines = [
        CaseAct(entry=n, kind=acts.KIND[type(one)], actor=by, at_us=n * step_us, payload=one)
        for n, (by, one) in enumerate(told)
    ]
    return fold(lines, BENCH, policy)[0]


def refused(case: Case) -> str:
    """The rule the last act broke; empty where it counted."""
    return case.history[-1].refused


def evidence(
    row: int, origin: str, owner: str, *, party: str = "", direct: bool = False
) -> tuple[str, Payload]:
    """A claim laid before the case by the centre."""
    said = acts.CaseEvidence(
        case=A, claim=f"7#{row}", origin=origin, owner=owner, party=party, direct=direct
    )
    return "CENTRE", said


def to(level: acts.Level, by: str = "CENTRE") -> tuple[str, Payload]:
    """Somebody takes the case to a level."""
    return by, acts.CaseVerified(case=A, level=level)


VOTES = tuple((who, acts.CaseVoted(case=A, vote="yes")) for who in ("ALD", "VEL"))
COMMITTEE = (
    ("CENTRE", PUT), ("CENTRE", acts.CaseTabled(case=A, stage="committee")), *VOTES,
    ("CENTRE", acts.CaseDecided(case=A, outcome="adopted")),
)  # fmt: skip
BOARD = (
    *COMMITTEE, ("CENTRE", acts.CaseTabled(case=A, stage="board")), VOTES[0],
    ("CENTRE", acts.CaseDecided(case=A, outcome="adopted")),
)  # fmt: skip


def test_fv3_an_illegal_jump_is_refused_and_the_level_comes_from_the_evidence() -> None:
    """Nobody verifies what they reported, or skips a level; evidence taken out takes it down."""
    seen = evidence(1, "post-4", "JVT", direct=True)
    assert refused(case_after(seen, to("V2_OBSERVED"))) == "jump"
    raised = (seen, to("V1_ALLEGED"), to("V2_OBSERVED"))
    assert case_after(*raised).level is Level.V2
    assert refused(case_after(seen, to("V1_ALLEGED", "JVT"))) == "own_report"
    out = ("CENTRE", acts.CaseEvidenceOut(case=A, claim="7#1"))
    assert case_after(*raised, out).level is Level.V0


def test_fv3_the_highest_level_needs_a_second_person() -> None:
    """A check counts once another post went over it."""
    check = (
        "CENTRE",
        acts.CaseChecked(case=A, person="p1", method="crater analysis", custody="7#1"),
    )
    before = (evidence(1, "post-4", "JVT", direct=True), to("V1_ALLEGED"), to("V2_OBSERVED"), check)
    assert refused(case_after(*before, to("V4_VERIFIED"))) == "unsupported"
    same = ("CENTRE", acts.CaseReviewed(case=A, check=4, person="p1"))
    assert refused(case_after(*before, same)) == "second_person"
    other = ("CENTRE", acts.CaseReviewed(case=A, check=4, person="p2"))
    assert case_after(*before, other, to("V4_VERIFIED")).level is Level.V4


def test_fv4_one_origin_counts_once_and_the_two_grades_are_apart() -> None:
    """Two reports relayed from one post are one source; a party cannot support itself."""
    relayed = (evidence(1, "post-4", "X"), evidence(2, "post-4", "Y"), to("V1_ALLEGED"))
    assert refused(case_after(*relayed, to("V3_CORROBORATED"))) == "unsupported"
    own = (evidence(1, "a", "VEL", party="VEL"), evidence(2, "b", "VEL", party="VEL"))
    case = case_after(*own, ("CENTRE", acts.CaseSourceGraded(case=A, claim="7#1", reliability="A")))
    assert len(origins(case.items)) == 1
    assert (case.items[0].reliability, case.items[0].credibility) == ("A", 6)
    assert isinstance(case.items[0], Item)


def test_fv6_a_case_left_at_alleged_has_a_task_or_a_reason() -> None:
    """The listing names who is neither attended to nor explained."""
    late_us = 100 * HOUR_US
    assert [one.unattended for one in waiting([case_after()], late_us)] == [True]
    tasked = case_after(("CENTRE", acts.CaseTasked(case=A, to="JVT", due_us=late_us)))
    assert [one.unattended for one in waiting([tasked], late_us)] == [False]
    denied = acts.CaseTaskDone(case=A, task=1, hindrance="access_denied", by="TOR")
    done = case_after(
        ("CENTRE", acts.CaseTasked(case=A, to="JVT", due_us=late_us)), ("JVT", denied)
    )
    assert (done.tasks[0].hindrance, done.tasks[0].by) == ("access_denied", "TOR")


def test_fv9_what_is_not_confirmed_enters_no_total() -> None:
    """Two independent kinds of source confirm, as far as both go; two words of one origin do not."""

    def told(kind: str, origin: str, least: int) -> HarmReported:
        return HarmReported(
            event="I-A", harm="dead", at_least=least, source_type=kind, origin=origin
        )

    assert confirmed_totals(tolls([told("media", "m", 9)], 2)) == {}
    assert confirmed_totals(tolls([told("media", "m", 9), told("hospital", "m", 3)], 2)) == {}
    assert confirmed_totals(tolls([told("media", "m", 9), told("hospital", "h", 3)], 2)) == {
        "dead": 3
    }


def test_aa1_each_question_is_answered_alone() -> None:
    """Occurred and not attributed can be said; so can the other way round."""
    case = case_after(evidence(1, "p", "JVT", direct=True), to("V1_ALLEGED"), to("V2_OBSERVED"))
    assert (case.level, case.attribution, case.severity) == (Level.V2, "not_assessed", "")
    claimed = case_after(("CENTRE", acts.CaseAttributed(case=A, state="claimed", actors=("TOR",))))
    assert (claimed.level, claimed.attribution) == (Level.V0, "claimed")


def test_aa2_several_may_share_an_incident_and_each_may_contest() -> None:
    """Shares are per incident, may exceed a hundred per cent, and say so."""
    both = ("CENTRE", acts.CaseAttributed(case=A, state="indicated", actors=("TOR", "VEL")))
    waived = ("TOR", acts.CaseWaived(case=A))
    contest = ("TOR", acts.CaseAnswered(case=A, accepts=False))
    case = case_after(both, *BOARD, waived, contest, ("CENTRE", acts.CaseReleased(case=A)))
    found = shares([case])
    assert (found.share_bp("TOR"), found.share_bp("VEL"), found.may_exceed) == (
        10_000,
        10_000,
        True,
    )
    assert case.contested_by == ("TOR",)


@pytest.mark.parametrize(
    ("rule", "outcome", "by"),
    [
        ("consensus", "not_adopted", ("TOR",)),
        ("majority", "adopted", ("ALD", "OST", "VEL")),
        ("chair_binding", "adopted", ("ALD",)),
        ("guarantor_pair", "open", ()),
        ("none", "no_decision", ()),
    ],
)
def test_aa3_five_rules_give_five_results_on_the_same_votes(
    rule: str, outcome: str, by: tuple[str, ...]
) -> None:
    """Who decides is configuration."""
    policy = PolicyAdopted(rule=rule, chair="ALD", guarantors=("ALD", "NOR"))  # type: ignore[arg-type]
    votes = {"ALD": "yes", "VEL": "yes", "OST": "yes", "TOR": "no", "NOR": "abstain"}
    found = decide(policy, tuple(votes), votes)
    assert (found.outcome, found.by) == (outcome, by)


def test_aa3_no_stage_without_the_record_of_the_earlier_one() -> None:
    """The board does not get what the committee has not adopted."""
    board = ("CENTRE", acts.CaseTabled(case=A, stage="board"))
    assert refused(case_after(("CENTRE", PUT), board)) == "stage_skipped"
    assert refused(case_after(*COMMITTEE, board)) == ""
    assert refused(case_after(*COMMITTEE, ("CENTRE", acts.CaseReleased(case=A)))) == "stage_skipped"


def test_aa4_dissent_and_failed_cases_stay() -> None:
    """No act takes a dissent away; a case taken back is still counted."""
    dissent = ("TOR", acts.CaseDissented(case=A, form="dissent", wording="Не згодні"))
    assert case_after(*BOARD, dissent).dissents[0].wording == "Не згодні"
    back = case_after(("VEL", acts.CaseSetAside(case=A, side="withdrawn")))
    counted = tally([back, case_after(*BOARD)])
    assert (back.state, counted.withdrawn, counted.all, counted.rate_bp) == (
        State.SET_ASIDE,
        1,
        2,
        10_000,
    )
    assert not [kind for kind in acts.PAYLOADS if "delete" in kind or "hide" in kind]


def test_aa5_nothing_is_released_before_the_time_to_reply_is_over() -> None:
    """Unless that party itself gave it up; the reply goes with it."""
    release = ("CENTRE", acts.CaseReleased(case=A))
    reply = ("TOR", acts.CaseReplied(case=A, wording="It was not us"))
    early = case_after(*BOARD, reply, release)
    assert (refused(early), early.state) == ("reply_window", State.DECIDED)
    waived = case_after(*BOARD, reply, ("TOR", acts.CaseWaived(case=A)), release)
    assert (waived.state, waived.replies[0].wording) == (State.RELEASED, "It was not us")
    assert case_after(*BOARD, release, step_us=10 * HOUR_US).state is State.RELEASED


def test_aa6_the_same_facts_give_the_same_class_and_an_override_needs_two() -> None:
    """The matrix decides until a second person stands behind another class."""
    facts = ("CENTRE", acts.CaseGraded(case=A, facts=("civilians_hurt",)))
    other = (
        "CENTRE",
        acts.CaseOverride(case=A, severity="minor", person="p1", wording="A misreading"),
    )
    assert case_after(facts, other).severity == "grave"
    same = ("CENTRE", acts.CaseSeconded(case=A, override=2, person="p1"))
    assert refused(case_after(facts, other, same)) == "second_person"
    assert (
        case_after(
            facts, other, ("CENTRE", acts.CaseSeconded(case=A, override=2, person="p2"))
        ).severity
        == "minor"
    )


def test_aa7_the_ladder_starts_when_agreed_and_a_remedy_needs_its_evidence() -> None:
    """A step not taken in time is shown as overrun."""
    case = case_after(("CENTRE", PUT))
    assert case_after().rungs(0) == ()
    assert [one.overrun for one in case.rungs(26 * HOUR_US)] == [True, False]
    with pytest.raises(BadValue, match="evidence id"):
        acts.CaseRemedied(case=A, evidence="")


def test_control_and_strikes_are_told_by_each_claimant_and_never_merged() -> None:
    """Two claimants of one place and one strike stand side by side, dated."""

    def told(claimant: str, account: Account, of: str, at_us: int) -> AccountStated:
        return AccountStated(claimant=claimant, account=account, subject="mill", of=of, at_us=at_us)

    said = [
        told("VEL", "holds", "VEL", 1),
        told("TOR", "took", "TOR", 2),
        told("TOR", "lost", "TOR", 9),
    ]
    assert {who: one.account for who, one in control(said, 5)["mill"].items()} == {
        "VEL": "holds",
        "TOR": "took",
    }
    strike = [told("VEL", "hit_by", "TOR", 1), told("TOR", "debris_of", "VEL", 2)]
    assert [one.claimant for one in strikes(strike)["mill"]] == ["TOR", "VEL"]
