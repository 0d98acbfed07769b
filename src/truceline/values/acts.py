"""What is said to have been done: one registry of acts, shared by claims and terms.

An act is a lower-case dotted path. A parent is less specific than its child: `fire` may turn out
to be `fire.mortar`, `fire.mortar` never `fire.artillery`. An unknown path is kept as given under
the longest prefix that is known. `explosion` may be any fire, strike or mine; `unknown` anything.
"""

import re
from enum import StrEnum

from truceline.values.errors import BadValue
from truceline.values.texts import Text

UNKNOWN = "unknown"
EXPLOSION = "explosion"
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_EXPLOSION_MAY_BE = ("fire", "strike", "engineer.mine")

ACTS: dict[str, Text] = {
    UNKNOWN: Text("unknown act", "невідома дія", "неизвестное действие"),
    EXPLOSION: Text("explosion", "вибух", "взрыв"),
    "fire": Text("fire", "вогонь", "огонь"),
    "fire.small_arms": Text(
        "small-arms fire", "вогонь зі стрілецької зброї", "огонь из стрелкового оружия"
    ),
    "fire.sniper": Text("sniper fire", "снайперський вогонь", "снайперский огонь"),
    "fire.mortar": Text("mortar fire", "мінометний вогонь", "миномётный огонь"),
    "fire.artillery": Text("artillery fire", "артилерійський вогонь", "артиллерийский огонь"),
    "fire.mlrs": Text("rocket-launcher fire", "вогонь РСЗВ", "огонь РСЗО"),
    "fire.tank": Text("tank fire", "вогонь з танка", "огонь из танка"),
    "fire.anti_tank": Text("anti-tank fire", "протитанковий вогонь", "противотанковый огонь"),
    "fire.air_defence": Text("air-defence fire", "вогонь ППО", "огонь ПВО"),
    "strike": Text("strike", "удар", "удар"),
    "strike.missile": Text("missile strike", "ракетний удар", "ракетный удар"),
    "strike.air_bomb": Text("air-bomb strike", "удар авіабомбою", "удар авиабомбой"),
    "strike.fpv": Text(
        "strike by a piloted drone", "удар керованим дроном", "удар управляемым дроном"
    ),
    "strike.one_way_uav": Text(
        "strike by a one-way drone", "удар дроном-камікадзе", "удар дроном-камикадзе"
    ),
    "strike.uav_drop": Text(
        "munition dropped by a drone", "скид боєприпасу з дрона", "сброс боеприпаса с дрона"
    ),
    "assault": Text("assault", "штурм", "штурм"),
    "assault.position_change": Text("taking of a position", "зайняття позиції", "занятие позиции"),
    "recon": Text("reconnaissance", "розвідка", "разведка"),
    "sabotage": Text("sabotage", "диверсія", "диверсия"),
    "flight": Text("flight", "політ", "полёт"),
    "flight.uav": Text("drone flight", "політ дрона", "полёт дрона"),
    "flight.fixed": Text("aeroplane flight", "політ літака", "полёт самолёта"),
    "flight.rotary": Text("helicopter flight", "політ вертольота", "полёт вертолёта"),
    "presence": Text("presence", "присутність", "присутствие"),
    "presence.weapon": Text("weapon present", "присутність зброї", "присутствие оружия"),
    "presence.force": Text("force present", "присутність підрозділу", "присутствие подразделения"),
    "presence.position": Text("position held", "наявна позиція", "наличие позиции"),
    "presence.position.new": Text("new position", "нова позиція", "новая позиция"),
    "presence.repair": Text(
        "repair crew present", "присутність ремонтної бригади", "присутствие ремонтной бригады"
    ),
    "engineer": Text("engineering work", "інженерні роботи", "инженерные работы"),
    "engineer.fortify": Text("fortification", "фортифікаційні роботи", "фортификационные работы"),
    "engineer.mine": Text("mine laid", "встановлення міни", "установка мины"),
    "engineer.marker": Text("marker moved", "переміщення знака", "перемещение знака"),
    "obstruct": Text("obstruction", "перешкоджання", "воспрепятствование"),
    "obstruct.aid": Text("aid obstructed", "перешкоджання допомозі", "воспрепятствование помощи"),
    "obstruct.monitor": Text(
        "monitors obstructed", "перешкоджання спостерігачам", "воспрепятствование наблюдателям"
    ),
    "obstruct.monitor.denial": Text(
        "access denied to monitors",
        "відмова спостерігачам у доступі",
        "отказ наблюдателям в доступе",
    ),
    "obstruct.monitor.jamming": Text(
        "jamming of monitors", "глушіння засобів спостерігачів", "глушение средств наблюдателей"
    ),
    "obstruct.monitor.attack": Text(
        "attack on monitors", "напад на спостерігачів", "нападение на наблюдателей"
    ),
    "harm": Text("harm to civilians", "шкода цивільним", "вред гражданским"),
    "harm.detention": Text(
        "detention of civilians", "затримання цивільних", "задержание гражданских"
    ),
    "holding": Text(
        "holding of arms or forces", "наявність озброєння або сил", "наличие вооружений или сил"
    ),
    "propaganda": Text("hostile propaganda", "ворожа пропаганда", "враждебная пропаганда"),
    "commit": Text(
        "commitment not kept", "недотримане зобов'язання", "несоблюдённое обязательство"
    ),
}


class Match(StrEnum):
    """How far one act settles another: whether a claim of `said` answers a question of `asked`."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def check_act(path: str) -> str:
    """Return the path if it is spelt as an act; BadValue otherwise. Known or not, it is kept."""
    if not _PATH.fullmatch(path):
        raise BadValue(f"{path!r} is no act: want lower-case words joined by dots, as fire.mortar")
    return path


def known_prefix(path: str) -> str:
    """The longest registered act a path lies under; `unknown` where there is none."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        if (prefix := ".".join(parts[:length])) in ACTS:
            return prefix
    return UNKNOWN


def within(path: str, parent: str) -> bool:
    """Say whether a path is the parent or more specific than it."""
    return path == parent or path.startswith(parent + ".")


def answers(said: str, asked: str) -> Match:
    """Say whether an act that was `said` is a case of the act `asked` about.

    >>> answers("fire.mortar", "fire"), answers("fire", "fire.mortar"), answers("flight", "fire")
    (<Match.YES: 'yes'>, <Match.MAYBE: 'maybe'>, <Match.NO: 'no'>)

    A path under no registered act is as unknown as `unknown`: it rules nothing out.
    """
    if within(said, asked):
        return Match.YES
    if UNKNOWN in (known_prefix(said), known_prefix(asked)) or within(asked, said):
        return Match.MAYBE
    if said == EXPLOSION:
        for cause in _EXPLOSION_MAY_BE:
            if within(asked, cause) or within(cause, asked):
                return Match.MAYBE
    return Match.NO


def compatible(one: str, other: str) -> bool:
    """Say whether two acts may be the same event differently described. Symmetric."""
    return answers(one, other) is not Match.NO or answers(other, one) is not Match.NO


def name(path: str, language: str) -> str:
    """The name of an act; an unregistered path reads as its known parent with the path after it."""
    prefix = known_prefix(path)
    wording = ACTS[prefix].in_(language)
    return wording if prefix == path else f"{wording} ({path})"
