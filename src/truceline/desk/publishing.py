"""Bulletins: a draft appends nothing; publishing, objecting and correcting are acts."""

from dataclasses import dataclass, replace
from datetime import date as day

import msgspec

from truceline.bulletins import annex as annexes
from truceline.bulletins.acts import BulletinObjected, BulletinPublished, Document
from truceline.bulletins.corrigendum import corrigendum
from truceline.bulletins.rendering import FORMATS, render
from truceline.bulletins.snapshot import ObjectionLine, Snapshot
from truceline.desk.acts import Wording
from truceline.desk.desk import Desk
from truceline.desk.doors import door
from truceline.desk.errors import ActRefused, NotPermitted
from truceline.desk.following import state_own
from truceline.desk.snapshots import snapshot
from truceline.reports.taken import FileRef
from truceline.store.view import View
from truceline.values.audience import ALL, CENTRE, PUBLIC
from truceline.values.audience import audience as readers_of
from truceline.values.canonical import sha256_hex

FORM = "daily"
PUBLISHED = "bulletin/published"
CORRECTED = "bulletin/corrected"
OBJECTED = "bulletin/objected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A party's objection, in its own words."""

    by: str
    at_us: int
    wording: str
    language: str
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """A published bulletin and what became of it.

    number: `B-0001`, in ledger order. corrects, corrected_by: numbers, or empty.
    """

    number: str
    form: str
    date: str
    entry: int
    at_us: int
    audience: str
    corrects: str
    corrected_by: str
    objections: tuple[Objection, ...]
    payload: BulletinPublished

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it was published in."""
        return tuple(self.payload.documents)


def bulletins(view: View) -> tuple[Bulletin, ...]:
    """Every bulletin a reader may see, oldest first."""
    acts = view.acts("bulletin/")
    number_of = _numbers(view)
    published = [act for act in acts if act.entry in number_of]
    payloads = [msgspec.json.decode(act.payload, type=BulletinPublished) for act in published]
    numbers = [number_of[act.entry] for act in published]
    replaced = {payload.corrects: number for payload, number in zip(payloads, numbers, strict=True)}
    objections: dict[str, list[Objection]] = {}
    for act in acts:
        if act.kind == OBJECTED:
            said = msgspec.json.decode(act.payload, type=BulletinObjected)
            objections.setdefault(said.bulletin, []).append(
                Objection(
                    by=act.actor, at_us=act.at_us, wording=said.wording, language=said.language,
                    entry=act.entry,
                )
            )  # fmt: skip
    return tuple(
        Bulletin(
            number=number,
            form=payload.form,
            date=payload.date,
            entry=act.entry,
            at_us=act.at_us,
            audience=payload.audience,
            corrects=payload.corrects,
            corrected_by=replaced.get(number, ""),
            objections=tuple(objections.get(number, ())),
            payload=payload,
        )
        for number, act, payload in zip(numbers, published, payloads, strict=True)
    )


def _numbers(view: View) -> dict[int, str]:
    """Entry → number of everything the centre published, also of what this reader may not see."""
    return {
        entry: f"B-{place:04d}"
        for place, entry in enumerate(view.numbered(PUBLISHED, CORRECTED), start=1)
    }


def bulletin(view: View, number: str) -> Bulletin:
    """One bulletin by its number; ActRefused where there is none."""
    for one in bulletins(view):
        if one.number == number:
            return one
    raise ActRefused(f"there is no bulletin {number}")


def newest(desk: Desk, date: str) -> str:
    """The number of the newest bulletin of a date; ActRefused where none was published."""
    desk.draw()
    found = [one.number for one in bulletins(desk.view()) if one.date == date]
    if not found:
        raise ActRefused(f"no bulletin of {date} was published")
    return found[-1]


def document(desk: Desk, one: Bulletin, language: str, to: str) -> bytes:
    """The bytes of a bulletin exactly as published; ActRefused where they are not held here."""
    held = one.payload.documents.get(language)
    if held is None or to not in FORMATS:
        raise ActRefused(f"{one.number} was not published in {language!r} as {to!r}")
    file: FileRef = getattr(held, to)
    return _held(desk, file, f"the bytes of {one.number} in {language}")


def annex(desk: Desk, one: Bulletin) -> bytes:
    """The annex file of a bulletin as published: every claim behind it, in CSV.

    ActRefused where it was published without one, or its bytes are not held here.
    """
    if one.payload.annex is None:
        raise ActRefused(f"{one.number} was published without an annex file")
    return _held(desk, one.payload.annex, f"the annex file of {one.number}")


def _held(desk: Desk, file: FileRef, what: str) -> bytes:
    held = desk.log.plain(file)
    if held is None:
        raise ActRefused(f"{what}: not held here; fetch blob {file.blob}")
    return held


def map_of(desk: Desk, one: Bulletin, language: str) -> bytes:
    """The map of a bulletin as published, taken out of its page; empty where it has none."""
    page = document(desk, one, language, "html")
    start, end = page.find(b"<svg"), page.rfind(b"</svg>")
    return page[start : end + len(b"</svg>")] + b"\n" if 0 <= start < end else b""


def draft(desk: Desk, date: str, audience: str = ALL) -> Snapshot:
    """What the bulletin of a date would say now. Appends nothing."""
    _refuse_odd(desk, date, audience)
    desk.refresh()
    return snapshot(desk, date, audience)


def publish(desk: Desk, by: str, date: str, audience: str = ALL) -> str:
    """Publish the bulletin of a date and return its number; from then on corrected, never changed.

    ActRefused where one was published already, or the reporting day has not ended; NotPermitted
    for anybody but the centre.
    """
    _refuse_other_voice(by)
    _refuse_odd(desk, date, audience)
    with door(desk.folder, "publishing"):
        number = _published(desk, by, date, audience)
    state_own(desk)  # what every holder can hold its own tables against, once a day at least
    return number


def _published(desk: Desk, by: str, date: str, audience: str) -> str:
    desk.refresh()
    if desk.now_us() < desk.charter.cutoff_on(date):
        raise ActRefused(f"the reporting day of {date} ends at {desk.charter.cutoff}; publish then")
    if any(one.date == date and one.audience == audience for one in bulletins(desk.view())):
        raise ActRefused(f"the bulletin of {date} is published; correct it instead")
    frozen = snapshot(desk, date, audience, number=_next_number(desk))
    _post(desk, by, PUBLISHED, frozen)
    return frozen.number


def object_to(desk: Desk, by: str, number: str, said: Wording) -> int:
    """Object to a bulletin, in one's own words; the objection stands with it for ever."""
    desk.draw()
    desk.refuse_stranger(by)
    one = bulletin(desk.view(by), number)
    if not said.text.strip():
        raise ActRefused("say what is wrong with it: an objection needs words")
    payload = BulletinObjected(bulletin=number, wording=said.text.strip(), language=said.language)
    return desk.post(OBJECTED, by, payload, acl=readers_of([one.audience, CENTRE]))


def correct(desk: Desk, by: str, number: str) -> str:
    """Publish a dated corrigendum that replaces a bulletin and lists what changed.

    ActRefused where it was corrected already (correct the newest), or nothing has changed;
    NotPermitted for anybody but the centre.
    """
    _refuse_other_voice(by)
    with door(desk.folder, "publishing"):
        return _corrected(desk, by, number)


def _corrected(desk: Desk, by: str, number: str) -> str:
    desk.refresh()
    old = bulletin(desk.view(), number)
    if old.corrected_by:
        raise ActRefused(f"{number} was corrected by {old.corrected_by}; correct that one")
    with desk.as_of(old.payload.drawn_at) as then:
        before = snapshot(
            then, old.date, old.audience, number=number, correcting=bool(old.corrects)
        )
    now = corrigendum(before, snapshot(desk, old.date, old.audience, correcting=True))
    if not now.changes:
        raise ActRefused(f"nothing that {number} says has changed")
    frozen = replace(
        now,
        number=_next_number(desk),
        objections=tuple(_objection_line(number, one) for one in old.objections),
    )
    _post(desk, by, CORRECTED, frozen)
    return frozen.number


def _objection_line(number: str, one: Objection) -> ObjectionLine:
    return ObjectionLine(
        bulletin=number, by=one.by, at_us=one.at_us, wording=one.wording, language=one.language
    )


def _refuse_other_voice(by: str) -> None:
    if by != CENTRE:
        raise NotPermitted(f"a bulletin is the centre's own word; {by} can object to it")


def _refuse_odd(desk: Desk, date: str, audience: str) -> None:
    """One spelling of a day and of whom it is for: two would be two bulletins."""
    try:
        spelt = day.fromisoformat(date).isoformat()
    except ValueError:
        spelt = ""
    if spelt != date or not "1900" < date < "9000":
        raise ActRefused(f"{date!r} is no date; write it as 2026-03-31")
    charter = desk.charter
    known = (ALL, PUBLIC, *(body.code for body in (*charter.parties, *charter.bodies)))
    if audience not in known:
        raise ActRefused(
            f"a bulletin is drawn for one of {', '.join(sorted(known))}, not {audience!r}"
        )


def _next_number(desk: Desk) -> str:
    return f"B-{len(_numbers(desk.view())) + 1:04d}"


def _post(desk: Desk, by: str, kind: str, frozen: Snapshot) -> int:
    """Render every language, keep the bytes, and append the act that names them."""
    acl = readers_of([frozen.audience, CENTRE])
    documents = {
        language: _document(desk, frozen, language, acl) for language in desk.charter.languages
    }
    rows = annexes.annex(frozen)
    payload = BulletinPublished(
        form=FORM,
        date=frozen.date,
        audience=frozen.audience,
        drawn_at=frozen.size,
        root=frozen.root,
        model=frozen.model,
        documents=documents,
        corrects=frozen.corrects,
        annex=_kept(desk, rows, acl),
        annex_sha256=sha256_hex(rows),
    )
    entry = desk.post(kind, by, payload, acl=acl)
    desk.draw()
    return entry


def _document(desk: Desk, frozen: Snapshot, language: str, acl: str) -> Document:
    md, html = (render(FORM, frozen, language, to) for to in ("md", "html"))
    return Document(
        md=_kept(desk, md, acl),
        html=_kept(desk, html, acl),
        md_sha256=sha256_hex(md),
        html_sha256=sha256_hex(html),
    )


def _kept(desk: Desk, raw: bytes, acl: str) -> FileRef:
    ref = desk.keep(raw, acl)
    return FileRef(blob=ref.blob, size=ref.size, com=ref.com, enc=ref.enc)
