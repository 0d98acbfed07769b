"""What each code reads as, in three languages: stances, verdicts, levels, reasons, states.

Whole phrases, none glued from parts. A code that is not listed reads as itself, so that a new
one shows up in print instead of stopping a bulletin in the night.
"""

from truceline.values.texts import Text

Wordings = dict[str, Text]

ROLES: Wordings = {
    "party": Text("party", "сторона", "сторона"),
    "guarantor": Text("guarantor", "гарант", "гарант"),
    "centre": Text("centre", "центр", "центр"),
    "monitor": Text("monitors", "спостерігачі", "наблюдатели"),
    "outlet": Text("outlet", "видання", "издание"),
    "source": Text("other source", "інше джерело", "иной источник"),
    "of_party": Text("source of {party}", "джерело сторони {party}", "источник стороны {party}"),
}
STANCES: Wordings = {
    "asserts": Text("says it happened", "стверджується", "утверждается"),
    "denies": Text("denies", "заперечується", "отрицается"),
    "not_perceived": Text("did not perceive", "не зафіксовано", "не зафиксировано"),
}
BASES: Wordings = {
    "seen": Text("by sight", "візуально", "визуально"),
    "heard": Text("by ear", "на слух", "на слух"),
    "recorded": Text("by a sensor", "датчиком", "датчиком"),
    "told": Text("told by others", "зі слів інших", "со слов других"),
    "stated": Text("own statement", "власна заява", "собственное заявление"),
}
KINDS: Wordings = {
    "any": Text("any watcher", "будь-який засіб", "любое средство"),
    "patrol": Text("patrols", "патрулі", "патрули"),
    "fixed_post": Text("fixed posts", "стаціонарні пости", "стационарные посты"),
    "camera": Text("cameras", "камери", "камеры"),
    "uav": Text("drones", "дрони", "дроны"),
    "acoustic": Text("acoustic sensors", "акустичні датчики", "акустические датчики"),
    "seismic": Text("seismic sensors", "сейсмічні датчики", "сейсмические датчики"),
    "satellite": Text("satellites", "супутники", "спутники"),
}
GAP_REASONS: Wordings = {
    "night": Text("night", "ніч", "ночь"),
    "weather": Text("weather", "погода", "погода"),
    "jammed": Text("jamming", "глушіння", "глушение"),
    "denied": Text("access denied", "відмова в доступі", "отказ в доступе"),
    "outage": Text("equipment down", "відмова обладнання", "отказ оборудования"),
    "not_tasked": Text("nobody was sent", "нікого не було призначено", "никто не был назначен"),
    "unrecorded": Text("no record", "немає записів", "нет записей"),
}
CONTRADICTIONS: Wordings = {
    "occurred": Text("whether it happened", "чи це сталося", "было ли это"),
    "act": Text("what was done", "що саме зроблено", "что именно сделано"),
    "actor": Text("who did it", "хто це зробив", "кто это сделал"),
    "place": Text("where", "де", "где"),
    "time": Text("when", "коли", "когда"),
    "count": Text("how many", "скільки", "сколько"),
}
LEVELS: Wordings = {
    "V0_RECEIVED": Text(
        "received, not yet read", "отримано, не розглянуто", "получено, не изучено"
    ),
    "V1_ALLEGED": Text(
        "alleged: no independent support",
        "заявлено: незалежного підтвердження немає",
        "заявлено: независимого подтверждения нет",
    ),
    "V2_OBSERVED": Text(
        "observed by one monitor or sensor",
        "спостерігав один спостерігач або датчик",
        "наблюдал один наблюдатель или датчик",
    ),
    "V3_CORROBORATED": Text(
        "corroborated by independent origins",
        "підтверджено незалежними джерелами",
        "подтверждено независимыми источниками",
    ),
    "V4_VERIFIED": Text("verified by the centre", "перевірено центром", "проверено центром"),
    "UNABLE_TO_VERIFY": Text(
        "could not be verified", "перевірити не вдалося", "проверить не удалось"
    ),
    "NOT_SUBSTANTIATED": Text("not substantiated", "не обґрунтовано", "не обосновано"),
    "WITHDRAWN": Text("withdrawn", "відкликано", "отозвано"),
    "DUPLICATE": Text("duplicate", "повтор", "повтор"),
}
VERDICTS: Wordings = {
    "breach": Text(
        "meets the test agreed in article {article}",
        "відповідає критерію, узгодженому в статті {article}",
        "отвечает критерию, согласованному в статье {article}",
    ),
    "alleged": Text(
        "as alleged, meets the test agreed in article {article}; that it occurred is not "
        "established",
        "за заявленим, відповідає критерію, узгодженому в статті {article}; що це сталося, не "
        "встановлено",
        "по заявленному, отвечает критерию, согласованному в статье {article}; что это было, не "
        "установлено",
    ),
    "no_breach": Text(
        "does not meet the test agreed in article {article}",
        "не відповідає критерію, узгодженому в статті {article}",
        "не отвечает критерию, согласованному в статье {article}",
    ),
    "excused": Text(
        "meets the test agreed in article {article}, and an agreed exception applies",
        "відповідає критерію, узгодженому в статті {article}, але діє узгоджений виняток",
        "отвечает критерию, согласованному в статье {article}, но действует согласованное "
        "исключение",
    ),
    "undetermined": Text(
        "undetermined under article {article}: what is known does not decide",
        "не визначено за статтею {article}: відомого недостатньо",
        "не определено по статье {article}: известного недостаточно",
    ),
    "contested": Text(
        "article {article} is read in more than one way",
        "статтю {article} тлумачать по-різному",
        "статью {article} толкуют по-разному",
    ),
    "not_in_force": Text(
        "article {article} was not in force then",
        "стаття {article} тоді не діяла",
        "статья {article} тогда не действовала",
    ),
    "displaced": Text(
        "another article governs instead of article {article}",
        "замість статті {article} діє інша",
        "вместо статьи {article} действует другая",
    ),
}
WINDOW_STATES: Wordings = {
    "requested": Text("requested, not in effect", "запитано, не діє", "запрошено, не действует"),
    "guaranteed": Text(
        "guarantees coming in, not in effect",
        "гарантії надходять, не діє",
        "гарантии поступают, не действует",
    ),
    "refused": Text("refused", "відмовлено", "отказано"),
    "opened": Text("in effect at the cut-off", "діє на момент зрізу", "действует на момент среза"),
    "lapsed": Text("lapsed, not in effect", "строк минув, не діє", "срок истёк, не действует"),
    "completed": Text("completed", "завершено", "завершено"),
    "breached": Text("ended early", "припинено достроково", "прекращено досрочно"),
    "withdrawn": Text("withdrawn", "відкликано", "отозвано"),
}
PURPOSES: Wordings = {
    "repair": Text("repair", "ремонт", "ремонт"),
    "demining": Text("demining", "розмінування", "разминирование"),
    "evacuation": Text("evacuation", "евакуація", "эвакуация"),
    "exchange": Text("exchange", "обмін", "обмен"),
    "aid": Text("aid delivery", "доставлення допомоги", "доставка помощи"),
    "other": Text("other work", "інші роботи", "иные работы"),
}
RESTRICTIONS: Wordings = {
    "denial": Text("access denied", "відмова в доступі", "отказ в доступе"),
    "conditional": Text("access on conditions", "доступ на умовах", "доступ на условиях"),
    "delay": Text("delay", "затримка", "задержка"),
    "mines_uxo": Text("mines or unexploded ordnance", "міни або боєприпаси", "мины или боеприпасы"),
    "jamming": Text("jamming", "глушіння", "глушение"),
    "threat": Text("threat", "погроза", "угроза"),
    "obstruct": Text(
        "hindered, kind not given", "перешкода, вид не вказано", "помеха, вид не указан"
    ),
    "attack": Text("attack on monitors", "напад на спостерігачів", "нападение на наблюдателей"),
    "other": Text("other", "інше", "иное"),
}
CHANGES: Wordings = {
    "claim_added": Text("claim received", "отримано заяву", "получено заявление"),
    "claim_removed": Text(
        "claim no longer counted", "заяву більше не враховано", "заявление больше не учтено"
    ),
    "claim_altered": Text("claim reads differently", "заяву змінено", "заявление изменено"),
    "asserts": Text("claims that it happened", "заяв, що це сталося", "заявлений, что это было"),
    "denies": Text("denials", "заперечень", "отрицаний"),
    "not_perceived": Text(
        "reports of not perceiving", "повідомлень «не зафіксовано»", "сообщений «не зафиксировано»"
    ),
    "before_asserts": Text(
        "before: claims that it happened", "до того: заяв, що це сталося", "до того: заявлений"
    ),
    "before_denies": Text("before: denials", "до того: заперечень", "до того: отрицаний"),
    "before_not_perceived": Text(
        "before: reports of not perceiving",
        "до того: повідомлень «не зафіксовано»",
        "до того: сообщений «не зафиксировано»",
    ),
    "watched_before": Text(
        "before: minutes watched", "до того: хвилин спостереження", "до того: минут наблюдения"
    ),
    "proposal": Text(
        "proposals under article", "проєктів висновку за статтею", "проектов заключения по статье"
    ),
    "restrictions": Text(
        "limits on observation", "обмежень спостереження", "ограничений наблюдения"
    ),
    "unreadable": Text("rows not read", "непрочитаних рядків", "непрочитанных строк"),
    "watched": Text("minutes watched", "хвилин спостереження", "минут наблюдения"),
    "incident_added": Text("incident opened", "відкрито інцидент", "открыт инцидент"),
    "incident_removed": Text("incident closed up", "інцидент скасовано", "инцидент снят"),
    "incident_altered": Text("incident changed", "інцидент змінено", "инцидент изменён"),
    "complaint_altered": Text("complaint changed", "скаргу змінено", "жалоба изменена"),
    "window_altered": Text("window changed", "вікно змінено", "окно изменено"),
}
READERS: Wordings = {
    "PUBLIC": Text("the public", "загал", "общественность"),
    "ALL": Text(
        "the parties and bodies of the centre", "сторони й органи центру", "стороны и органы центра"
    ),
    "CENTRE": Text("the centre", "центр", "центр"),
}


def reads(table: Wordings, code: str, language: str) -> str:
    """A code in words; a code nobody listed reads as itself."""
    found = table.get(code)
    return found.in_(language) if found else code
