"""How values read on a page: instants in the centre's zone, places, counts, codes in words."""

from datetime import date

from django import template
from django.utils.formats import date_format, localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from truceline.coordination.charter import Charter
from truceline.incidents.incident import Reason
from truceline.reports.report import Said
from truceline.store.shown import ProposalRow
from truceline.values import acts
from truceline.values.audience import ALL, PUBLIC
from truceline.values.counts import Count
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span, from_us
from truceline.values.place import Place
from truceline.values.texts import LANGUAGES, Text
from truceline.values.unknown import Unknown
from truceline.web import reasons, wording

register = template.Library()


@register.filter
def instant(at_us: int | None) -> SafeString | str:
    """An instant to the minute, in the centre's zone: `21 March 2026, 02:10`."""
    return _stamp(at_us, "j E Y, H:i")


@register.filter
def instant_s(at_us: int | None) -> SafeString | str:
    """An instant to the second."""
    return _stamp(at_us, "j E Y, H:i:s")


@register.filter
def clock_time(at_us: int | None) -> SafeString | str:
    """The hour and minute alone, where the day is plain."""
    return _stamp(at_us, "H:i")


@register.filter
def span(value: Span | Unknown | None) -> SafeString | str:
    """When: an instant, or from when to when, as closely as it was given."""
    if not isinstance(value, Span):
        return unknown(value)
    if value.length_us <= SECOND_US:
        return instant(value.from_us)
    first, last = localtime(from_us(value.from_us)), localtime(from_us(value.until_us))
    end = date_format(last, "H:i" if first.date() == last.date() else "j E Y, H:i")
    return format_html(
        '<time datetime="{}">{}</time>–<time datetime="{}">{}</time>',
        first.isoformat(), date_format(first, "j E Y, H:i"), last.isoformat(), end,
    )  # fmt: skip


@register.filter
def place(value: Place | Unknown | None) -> SafeString | str:
    """Where: degrees with their side of equator and meridian, and how far off they may be."""
    if not isinstance(value, Place):
        return unknown(value)
    ellipse = str(value.a_m) if value.a_m == value.b_m else f"{value.a_m} × {value.b_m}"
    return format_html(
        '<span class="place">{} ± {}&nbsp;{}</span>', _degrees(value), ellipse, gettext("m")
    )


@register.filter
def degrees(value: Place) -> SafeString:
    """The middle of a place alone, where its extent is agreed elsewhere."""
    return _degrees(value)


@register.filter
def count(value: Count | Unknown | None) -> str:
    """How many: a number, a range, or a lower bound, as it was given."""
    if not isinstance(value, Count):
        return str(unknown(value))
    if value.high is None:
        return gettext("at least %(number)d") % {"number": value.low}
    return str(value.low) if value.low == value.high else f"{value.low}–{value.high}"


@register.filter
def unknown(value: Unknown | None) -> SafeString | str:
    """Not knowing, with its reason, and the words that came instead."""
    reason = wording.word(value.reason if value else "not_given", "unknown", _language())
    if value and value.said:
        return format_html('<span class="unknown">{}</span> <q>{}</q>', reason, value.said)
    return format_html('<span class="unknown">{}</span>', reason)


@register.filter
def act(path: str) -> str:
    """The name of an act."""
    return acts.name(path, _language())


@register.filter
def word(code: str, kind: str) -> str:
    """A code of one kind in words."""
    return wording.word(str(code), kind, _language())


@register.filter
def in_language(text: object) -> str:
    """A text of ours in the language of the page."""
    return text.in_(_language()) if isinstance(text, Text) else str(text)


@register.filter
def percent(basis_points: int) -> str:
    """Basis points as per cent, without pretending to more than whole ones."""
    return f"{basis_points // 100} %"


def length(length_us: int) -> str:
    """How long, to the minute, in days and hours where it is long."""
    minutes = max(0, length_us) // MINUTE_US
    days, hours = length_us // DAY_US, length_us % DAY_US // HOUR_US
    if days >= 3:
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    if minutes >= 60:
        whole = days * 24 + hours
        return gettext("%(hours)d h %(minutes)02d min") % {"hours": whole, "minutes": minutes % 60}
    return gettext("%(minutes)d min") % {"minutes": minutes}


@register.filter(name="length_of")
def length_of(length_us: int) -> str:
    """How long, in words."""
    return length(length_us)


@register.filter
def metres(length_m: int) -> str:
    """A length on the ground."""
    if length_m >= 1000:
        return gettext("%(number)s km") % {"number": localize(round(length_m / 1000, 1))}
    return gettext("%(number)s m") % {"number": length_m}


@register.filter
def day(at_us: int) -> str:
    """The local day an instant falls on."""
    return date_format(localtime(from_us(at_us)), "l, j E Y")


@register.filter
def known(value: object) -> bool:
    """Say whether a value was given at all."""
    return value is not None and not isinstance(value, Unknown)


@register.filter
def voices(said: Said) -> tuple[str, ...]:
    """On whose word, nearest first, the speaker always named."""
    return said.chain if said.speaker in said.chain else (said.speaker, *said.chain)


@register.filter
def anchor(claim_id: str) -> str:
    """A claim's number as part of an address on the page."""
    return claim_id.replace("#", "-")


@register.filter
def tenth(basis_points: int) -> int:
    """Basis points as thousandths, the units of a bar."""
    return basis_points // 10


@register.filter
def spread(row: ProposalRow) -> int:
    """How much is left open, as thousandths."""
    return max(0, row.plausibility_bp - row.belief_bp) // 10


@register.filter
def reason(value: Reason) -> str:
    """Why two claims stand together, or what speaks against it: a sentence with its numbers."""
    return reasons.sentence(value)


@register.filter
def bits(millibits: int) -> str:
    """A weight of evidence, with its sign: one more doubles the odds."""
    return f"{millibits / 1000:+.1f}".replace("-", "−")


@register.simple_tag(takes_context=True)
def party(context: template.Context, code: str) -> SafeString:
    """Whoever is meant, by name, with a mark of its own shape: colour never tells them alone."""
    charter = context.get("charter")
    name = party_name(charter, code)
    return format_html(
        '<span class="party party-{}" translate="no">{}</span>', mark_of(charter, code), name
    )


@register.simple_tag(takes_context=True)
def name_of(context: template.Context, code: str) -> str:
    """Whoever is meant, by name alone."""
    return party_name(context.get("charter"), code)


@register.simple_tag(takes_context=True)
def readers(context: template.Context, code: str) -> str:
    """Who may read what an entry commits to, by name."""
    if code == ALL:
        return gettext("every party and body")
    if code == PUBLIC:
        return gettext("everyone")
    return ", ".join(party_name(context.get("charter"), one) for one in code.split("+"))


@register.filter
def date_in_words(text: str) -> str:
    """A date of the record, `2026-04-02`, as a person writes it."""
    return date_format(date.fromisoformat(text), "j E Y")


@register.simple_tag
def count_left(due_us: int, now_us: int) -> SafeString:
    """How much of a clock is left, or by how much it has run out, in words and in a mark."""
    left = due_us - now_us
    if left >= 0:
        css = "clock-soon" if left < 2 * HOUR_US else "clock-runs"
        return format_html(
            '<span class="clock {}">{}</span>',
            css,
            gettext("%(time)s left") % {"time": length(left)},
        )
    return format_html(
        '<span class="clock clock-over">{}</span>',
        gettext("overdue by %(time)s") % {"time": length(-left)},
    )


def party_name(charter: Charter | None, code: str) -> str:
    """The name of a party or body in the language of the page; the code where it has none."""
    names = charter.names_of(code) if charter else {}
    return names.get(_language(), code)


def mark_of(charter: Charter | None, code: str) -> str:
    """Which mark a party or body has on every page of a centre: `1` … `6`, or `other`."""
    if charter is None:
        return "other"
    codes = [*charter.party_codes, *(body.code for body in charter.bodies)]
    return str(codes.index(code) + 1) if code in codes[:6] else "other"


def _language() -> str:
    language = get_language() or "en"
    return language if language in LANGUAGES else "en"


def _stamp(at_us: int | None, style: str) -> SafeString | str:
    if at_us is None:
        return "–"
    here = localtime(from_us(at_us))
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), date_format(here, style))


def _degrees(value: Place) -> SafeString:
    north, east = "N" if value.lat >= 0 else "S", "E" if value.lon >= 0 else "W"
    return format_html(
        "{}°&nbsp;{}, {}°&nbsp;{}", f"{abs(value.lat):.4f}", north, f"{abs(value.lon):.4f}", east
    )
