"""What was sensed, apart from what it may mean: observation signatures."""

from enum import StrEnum


class Basis(StrEnum):
    """How the one who says so knows it."""

    SEEN = "seen"
    HEARD = "heard"
    RECORDED = "recorded"
    TOLD = "told"
    STATED = "stated"


class Stance(StrEnum):
    """What a statement does with the event: asserts it, denies it, or reports not perceiving it."""

    ASSERTS = "asserts"
    DENIES = "denies"
    NOT_PERCEIVED = "not_perceived"


class Signature(StrEnum):
    """What a person or a sensor perceived."""

    EXPLOSION = "explosion"
    PROJECTILE_IN_FLIGHT = "projectile_in_flight"
    MUZZLE_FLASH = "muzzle_flash"
    ILLUMINATION_FLARE = "illumination_flare"
    BURST = "burst"
    SHOT = "shot"
    AERIAL_OBJECT = "aerial_object"
    VEHICLE = "vehicle"
    WEAPON_PRESENT = "weapon_present"
    PERSON_PRESENT = "person_present"
    EARTHWORK = "earthwork"
    MINE_OR_UXO = "mine_or_uxo"
    RF_INTERFERENCE = "rf_interference"


class Direction(StrEnum):
    """Which way what was sensed was going."""

    OUTGOING = "outgoing"
    IMPACT = "impact"
    UNDETERMINED = "undetermined"
