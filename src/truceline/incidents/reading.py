"""An incident read aloud: who says what, on whose word, claimant by claimant, never added up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truceline.claims.claim import Claim
from truceline.incidents.describing import best_place, best_span
from truceline.incidents.incident import Incident
from truceline.values.counts import Count
from truceline.values.instant import Span
from truceline.values.place import Place
from truceline.values.signatures import Basis, Stance
from truceline.values.texts import Text

CONTRADICTIONS: dict[str, Text] = {
    "occurred": Text("whether it occurred", "чи це сталося", "произошло ли это"),
    "act": Text("what was done", "що саме було зроблено", "что именно было сделано"),
    "actor": Text("who did it", "хто це зробив", "кто это сделал"),
    "place": Text("where it was", "де це було", "где это было"),
    "time": Text("when it was", "коли це було", "когда это было"),
    "count": Text("how many", "скільки", "сколько"),
}

REASONS: dict[str, Text] = {
    "prior": Text(
        "most pairs of reports from one area and day are about two events",
        "більшість пар повідомлень з одного району за один день — про дві різні події",
        "большинство пар сообщений из одного района за один день — о двух разных событиях",
    ),
    "near": Text(
        "the places agree within their stated errors",
        "місця збігаються в межах зазначених похибок",
        "места совпадают в пределах указанных погрешностей",
    ),
    "far_for_error": Text(
        "the places are far apart for their stated errors",
        "як на зазначені похибки, місця далеко одне від одного",
        "для указанных погрешностей места далеки друг от друга",
    ),
    "same_time": Text("the times agree", "час збігається", "время совпадает"),
    "time_apart": Text(
        "the times barely touch",
        "проміжки часу ледь дотичні",
        "промежутки времени едва соприкасаются",
    ),
    "act_agrees": Text("the same act", "та сама дія", "то же действие"),
    "act_may_agree": Text(
        "the acts may be the same", "дії можуть бути тими самими", "действия могут быть теми же"
    ),
    "act_differs": Text(
        "different acts that are taken for one another",
        "різні дії, які плутають одну з одною",
        "разные действия, которые путают друг с другом",
    ),
    "actor_differs": Text(
        "each names another as having done it",
        "кожне називає іншого виконавця",
        "каждое называет другого исполнителя",
    ),
    "same_row": Text(
        "filed again, word for word",
        "подано повторно, слово в слово",
        "подано повторно, слово в слово",
    ),
    "same_page": Text(
        "the same page or post", "та сама сторінка або допис", "та же страница или пост"
    ),
    "same_wording": Text("the wording is alike", "формулювання схожі", "формулировки схожи"),
    "wording_apart": Text(
        "longer texts with no words in common",
        "довші тексти без спільних слів",
        "более длинные тексты без общих слов",
    ),
    "crowded": Text(
        "other reports could be meant as well",
        "могли матися на увазі й інші повідомлення",
        "могли иметься в виду и другие сообщения",
    ),
    "answers": Text(
        "it names the claim it answers",
        "у ньому названо твердження, на яке воно відповідає",
        "в нём названо утверждение, на которое оно отвечает",
    ),
    "person": Text("a person confirmed it", "це підтвердила людина", "это подтвердил человек"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one claimant says on one incident, in one voice.

    speaker, chain: who says so, on whose word, nearest first. owner: whose material it is.
    party: whether the owner has an interest. basis, stance: how they know; what they do with it.
    spans, places, acts, accused, counts: everything given, claim by claim, never added or averaged.
    claims: the numbers of the claims, in ledger order.
    """

    speaker: str
    chain: tuple[str, ...]
    owner: str
    party: bool
    basis: Basis
    stance: Stance
    claims: tuple[str, ...]
    spans: tuple[Span, ...]
    places: tuple[Place, ...]
    acts: tuple[str, ...]
    accused: tuple[str, ...]
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An incident as one reader may see it: drawn from the claims that reader holds, no others."""

    claims: tuple[str, ...]
    span: Span | None
    place: Place | None
    accounts: tuple[Account, ...]


def accounts(
    incident: Incident, claims: Mapping[str, Claim] | Iterable[Claim]
) -> tuple[Account, ...]:
    """Who says what on whose word: assertions first, then denials, then who perceived nothing.

    Within each, in the order of each claimant's first claim. Claims that are not in `claims` (a
    reader may not hold all) are passed over. Claims of one voice with the same basis and stance
    make one account; what they say is listed, never summed.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in _held(incident, claims):
        said = claim.said
        voice = (said.speaker, said.chain, claim.origin.owner, said.basis, said.stance)
        groups.setdefault(voice, []).append(claim)
    order = list(Stance)
    found = sorted(groups.values(), key=lambda mine: order.index(mine[0].said.stance))
    return tuple(_account(mine) for mine in found)


def seen(incident: Incident, claims: Mapping[str, Claim] | Iterable[Claim]) -> Seen:
    """The incident from only the claims given: what a reader may not see moves nothing."""
    held = _held(incident, claims)
    asserting = [claim for claim in held if claim.said.stance is Stance.ASSERTS]
    return Seen(
        claims=tuple(claim.id for claim in held),
        span=best_span(asserting),
        place=best_place(asserting),
        accounts=accounts(incident, held),
    )


def _held(incident: Incident, claims: Mapping[str, Claim] | Iterable[Claim]) -> list[Claim]:
    by_id = claims if isinstance(claims, Mapping) else {claim.id: claim for claim in claims}
    return [by_id[number] for number in incident.claims if number in by_id]


def _account(mine: list[Claim]) -> Account:
    first = mine[0]
    said = [claim.said for claim in mine]
    return Account(
        speaker=first.said.speaker,
        chain=first.said.chain,
        owner=first.origin.owner,
        party=first.origin.interested,
        basis=first.said.basis,
        stance=first.said.stance,
        claims=tuple(claim.id for claim in mine),
        spans=tuple(one.span for one in said if isinstance(one.span, Span)),
        places=tuple(one.place for one in said if isinstance(one.place, Place)),
        acts=tuple(sorted({one.act for one in said})),
        accused=tuple(sorted({code for one in said for code in one.accused})),
        counts=tuple(one.count for one in said if isinstance(one.count, Count)),
    )
