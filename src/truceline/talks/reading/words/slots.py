"""Patterns of what talks bring: meetings, positions, outcomes, next steps, instruments.

Each table is tried in order; the first that fits decides.
"""

import re
from collections.abc import Mapping, Sequence

Table = Sequence[tuple[str, re.Pattern[str]]]


def _table(written: str) -> Table:
    """Lines of `code: words|words`; a line indented further goes on with the one before it."""
    rows = re.sub(r"\n {5,}", "", written).strip().splitlines()
    pairs = (row.strip().split(": ", 1) for row in rows)
    return tuple((code, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for code, words in pairs)


MEETING = re.compile(
    r"\b(?:talks|negotiations|meetings?|sessions?|rounds?|consultations|summit|lunch|call|"
    r"переговор\w*|зустріч\w*|встреч\w*|раунд\w*|консультац\w*|саміт\w*|саммит\w*)\b",
    re.IGNORECASE,
)
HELD = re.compile(
    r"\b(?:held|hosted|concluded|began|begun|started|opened|ended|took place|taking place|"
    r"being held|sat down|"
    r"met|convened|gathered|marked|continued|wrapped up|"
    r"відбу\w+|пройш\w+|завершил\w+|розпоча\w+|провел\w+|зустрі\w+|состоя\w+|прош\w+|начал\w+|"
    r"встретил\w+)\b",
    re.IGNORECASE,
)
FORMATS = _table(r"""
    trilateral: trilateral|three-way|тристоронн|трехсторонн|трёхсторонн
    bilateral: bilateral|двосторонн|двусторонн
    working_group: working groups?|робоч\w+ груп|рабоч\w+ групп
    plenary: plenary|пленарн
    indirect: indirect|proximity talks|непрям|непрям
    direct: direct(?:ly)? (?:talks|negotiations|meeting|without|interaction)|met directly|
        face-to-face|прям\w+ переговор
    shuttle: shuttl|moved between|човников|челночн
    joint_session: joint sessions?|спільн\w+ засідан|совместн\w+ заседан
    informal: lunch|dinner|on the sidelines|informal|обід|обед|кулуар
""")
ACCESS = _table(r"""
    closed: closed[- ]door|behind closed doors|closed to the (?:media|press)|press (?:is|was|are|
        were) not expected|undisclosed location|за зачиненими дверима|за закрытыми дверями|
        у закритому режимі|в закрытом режиме
    open: open to the (?:media|press)|televised|відкрит\w+ для преси|открыт\w+ для прессы
""")
STANCES = _table(r"""
    rejects: reject(?:s|ed|ing)?|oppos(?:es?|ed|ing)|refus(?:es?|ed|ing)|rul(?:es?|ed|ing) out|
        den(?:y|ies|ied)|will not (?:accept|agree)|would not (?:accept|agree)|відкида|відхил|
        відмов|заперечу|отверг|отказ|исключ
    accepts: accept(?:s|ed|ing)?|agree(?:s|d)? to|back(?:s|ed)|support(?:s|ed)|welcom(?:es|ed)|
        endors(?:es|ed)|погод|прийма|підтриму|соглас|приня|поддерж
    demands: insist(?:s|ed|ing)?|demand(?:ed|ing)|maintain(?:s|ed)?|require(?:s|d)|
        press(?:es|ed) for|наполяга|вимага|настаива|требу
    seeks: wants?|wanted|seeks?|sought|push(?:es|ed) for|has pushed|call(?:s|ed)? for|hop(?:es|ed|
        ing)|propos(?:es|ed)|aims?|хоче|прагне|закликає|пропону|хочет|стрем|призыва|предлага
""")
# What somebody says another must do is the demand of who says it.
MUST = re.compile(r"\b(?:must|has to|have to|повинн\w*|має|мають|должн\w*)\b", re.IGNORECASE)
ISSUES = _table(r"""
    territory: territor\w+|land\b|line of contact|withdraw\w*|border|annex\w+|територі|территор|
        лінія зіткнення|линия соприкосновения|вивед|вывод
    security_guarantees: security guarantees?|security conditions|security assurances|
        гаранті\w+ безпек|гаранти\w+ безопасност
    monitoring: monitor\w*|oversight|verification|observers?|моніторинг|мониторинг|спостер|наблюд
    energy_ceasefire: energy (?:ceasefire|cease-fire|truce)|енергетичн\w+ перемир|
        энергетическ\w+ перемир
    ceasefire: ceasefire|cease-fire|truce|hostilities|припиненн\w+ вогню|перемир|
        прекращени\w+ огня
    prisoners: prisoners?|hostages?|detainees?|captives?|exchange of|полонен|пленн|обмін|обмен|
        заручник|заложник
    nuclear: nuclear|uranium|enrichment|power plant|ядерн|атомн|аес|аэс
    sanctions: sanctions?|санкц
    aid: humanitarian|aid\b|corridors?|гуманітарн|гуманитарн|коридор
    alliance: nato|alliance|neutral\w*|нато|нейтралітет|нейтралитет
    disarmament: disarm\w*|demilitari\w+|weapons|disengagement|роззброєн|разоружен|відведен|отвод
    economy: econom\w+|reconstruction|assets|економ|эконом|відбудов|восстановлен
    elections: elections?|вибор|выбор
""")
OUTCOMES = _table(r"""
    explicitly_not_discussed: (?:was|were|had|has|have) not (?:been )?(?:discussed|raised|
        on the (?:agenda|table)|addressed)|(?:did|do) not (?:discuss|raise|touch on|address|
        come up)|never (?:came up|discussed)|not up for discussion|не (?:обговорю|порушу|обсужда|
        поднима|рассматрива|розгляда)\w*
    agreed_in_principle: agree\w* in principle|agreement in principle|common understanding|
        reached .{0,20}understanding|принципов\w+ згод|принципиальн\w+ соглас
    deferred: postpone\w*|deferred|put off (?:until|to|the)|adjourn\w*|
        відкладен|відклали|отложен|отложил|перенес
    discussed_no_agreement: no (?:breakthrough|agreement|deal|progress|clear resolution)|
        without (?:a |an |any |securing |reaching )?(?:breakthrough|agreement|deal)|(?:did|
        do) not (?:yield|reach|produce|result)|failed to (?:reach|bridge|agree|produce|secure)|
        remain(?:s|ed)? (?:unresolved|far apart|stark)|not (?:yet )?(?:solved|resolved)|
        не вдалося|не удалось|не досяг|не достиг|без результат|залиша\w+ невиріш|остаются нереш
    agreed: (?:have |has |had )?agreed (?:to|on|that)|reached (?:an? )?(?:agreement|deal)|
        signed (?:an? |the )|recognised the need|recognized the need|made (?:some |
        tangible )?progress|домовил\w+|погодил\w+|договорил\w+|согласовал\w+|підписал\w+|
        подписал\w+
    discussed: discuss(?:ed|ions? (?:focused|centered|centred))|talks (?:covered|focused)|
        focused on|raised the|обговор\w+|обсуд\w+|обсужда\w+
""")
NEXT = re.compile(
    r"\b(?:next|another|further|follow-up|followup|new|second|third|fourth|"
    r"fifth) (?:\w+ ){0,2}(?:round|meetings?|talks|session|negotiations|conversations)|"
    r"(?:meetings?|talks|negotiations|conversations|round) (?:\w+ ){0,6}(?:next week|tomorrow|"
    r"next month)|continue (?:negotiations|conversations|talks)|"
    r"(?:will|would|to) (?:reconvene|resume|meet again)|"
    r"наступн\w+ (?:\w+ ){0,2}(?:раунд|зустріч)|следующ\w+ (?:\w+ ){0,2}(?:раунд|встреч)|"
    r"нов\w+ (?:раунд|зустріч|встреч)",
    re.IGNORECASE,
)
# From the firmest to the loosest; a line of the ladder is a certainty, its words the word reported.
CERTAINTY = _table(r"""
    tentative: tentative(?:ly)?(?: \w+){0,1}|provisional(?:ly)?|попередньо|предварительно
    possible: potentially(?: as early as)?|could|may|might|possibl[ey]|as (?:soon|early) as|
        possibility|може|можливо|может|возможно
    conditional: provided|if |unless|depends? on|за умови|при условии|якщо|если
    approximate: in about|around|within|orientativ|приблизно|орієнтовно|примерно|ориентировочно
    expected: expected|hop(?:e|ed|ing)|likely|planned|plans were made|plan to|due to|очікує\w*|
        заплан\w+|ожида\w+|планир\w+
    scheduled: scheduled|set for|agreed to|признач\w+|назнач\w+|домовил\w+|договорил\w+
    firm: will|відбудеться|состоится|пройде|пройдет|пройдёт
""")
INSTRUMENT = re.compile(
    r"\b(?:documents?|agreements?|plan|treaty|accords?|memorandum|road ?map|framework|"
    r"security guarantees|proposal|deal|protocol|"
    r"draft|декларац\w+|документ\w*|угод\w+|план\w*|договор\w*|меморандум\w*|соглашени\w+|"
    r"гаранті\w+ безпек\w+|гаранти\w+ безопасност\w+)\b",
    re.IGNORECASE,
)
STATES = _table(r"""
    not_secured: without (?:securing|signing|reaching) an? |not (?:been )?(?:secured|signed|
        finalised|finalized)|не підписан|не подписан
    nearly_ready: (?:nearly|almost|close to being|\d\d% ) ?(?:ready|complete|done|finali[sz]ed)|
        майже готов|почти готов
    ready: (?:document|deal|agreement|plan|text|draft|guarantees)\b.{0,120}?\b(?:is|are|was)
        \s[“"«']?(?:\w+ |100% )?ready|100% ready|ready to be signed|
        (?:документ|угод|план|текст|соглашени|договор)\w*.{0,60}\bготов(?:ий|і|ы|а|о)?\b
    to_be_ratified: (?:need|have|has) to be ratified|to be ratified|ratification|ратифікац|
        ратификац|ратифіку|ратифицир
    to_be_signed: to sign|will sign|be signed|signing|підписат|підпишут|подписат|подпишут
    signed: signed|inked|підписал|підписано|подписал|подписан
    ratified: ratified|ратифікува|ратифицирова
    in_force: (?:entered|came|comes) into (?:force|effect)|набул\w+ чинності|вступил\w+ в силу
    revised: revised|updated|amended|оновлен|обновлен|доопрац|доработ
    to_be_prepared: prepare documents|to (?:draft|prepare)|підготув|подготов
    proposed: proposed|presented|put forward|offered|запропонова|представ|предлож
    rejected: rejected|відхил|отклон|отверг
""")
CHANNELS = _table(r"""
    x: (?:on|in (?:his|her|a|an)) X\b|X post|tweet\w*|on Twitter|у X\b|в X\b|твіт|твит
    telegram: telegram|телеграм
    facebook: facebook|фейсбук
    truth_social: truth social
    social_media: social media|соцмереж|соцсет
    news_conference: (?:news|press) conference|прес-?конференц|пресс-?конференц|брифінг|брифинг
    interview: interview|інтерв|интервью
    statement: (?:in|released|issued|according to) (?:a |an |the |his |her |its )?(?:joint |
        written |separate )?statement|у заяві|в заявлении
    reporters: told reporters|told journalists|журналістам|журналистам
    speech: in (?:a|his|her) (?:speech|address)|у зверненні|в обращении
    agency: told (?:the )?(?:state )?(?:news )?(?:agency )?(?:TASS|Reuters|AFP|AP\b|Interfax|RIA|
        CNN|BBC|Axios|Anadolu|CMG)
""")
# Words for the same thing that differ in what they say of it: shown side by side, never merged.
FRAMINGS: Mapping[str, Table] = {
    "fighting": _table(r"""
    war: war\b|війн|войн
    invasion: invasion|invaded|вторгнен|вторжен
    conflict: conflict|конфлікт|конфликт
    crisis: crisis|криз
    special_operation: special (?:military )?operation|спецоперац|спеціальн\w+ операц|
        специальн\w+ операц
    aggression: aggression|агресі|агресси
"""),
    "status_of_land": _table(r"""
    voted_to_join: voted to join|rejoined|joined (?:the )?russian|приєднал|воссоедин|
        вошли в состав
    annexed: annex\w+|анекс|аннекс
    occupied: occup\w+|окупова|оккупирова
    liberated: liberat\w+|звільнен|освобожд
    controlled: under .{0,20} control|took control|taken control|контролю|контролир
"""),
    "armed_group": _table(r"""
    terrorists: terrorists?|терорист|террорист
    militants: militants?|бойовик|боевик
    rebels: rebels?|повстан
    fighters: fighters?|бойц
    separatists: separatists?|сепаратист
    resistance: resistance|опір|сопротивлен
"""),
}


def first(table: Table, text: str) -> tuple[str, str] | None:
    """The first line of a table that fits, with the words that fitted; None where none does."""
    for code, pattern in table:
        if found := pattern.search(text):
            return code, found.group()
    return None
