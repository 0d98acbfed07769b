"""Every code of this room in words, in every working language.

A verdict is worded as a proposal about a test: "meets the test agreed in article 1". Who did it,
and the word for having broken the agreement, belong to findings that people sign.
"""

from truceline.values.texts import Text

LEVELS: dict[str, Text] = {
    "V0_RECEIVED": Text("received", "отримано", "получено"),
    "V1_ALLEGED": Text("alleged", "заявлено", "заявлено"),
    "V2_OBSERVED": Text(
        "observed by monitors", "зафіксували спостерігачі", "зафиксировали наблюдатели"
    ),
    "V3_CORROBORATED": Text(
        "corroborated independently", "підтверджено незалежно", "подтверждено независимо"
    ),
    "V4_VERIFIED": Text("verified on site", "перевірено на місці", "проверено на месте"),
}

GROUNDS: dict[str, Text] = {
    "nobody_asserts": Text(
        "nobody whose claim is held here says it happened",
        "ніхто, чия заява тут зберігається, не каже, що це сталося",
        "никто, чьё заявление здесь хранится, не говорит, что это произошло",
    ),
    "interested_only": Text(
        "only a party says it happened",
        "про це заявляє лише сторона",
        "об этом заявляет только сторона",
    ),
    "hearsay_only": Text(
        "nobody who says it happened perceived it",
        "ніхто з тих, хто про це каже, сам цього не сприймав",
        "никто из тех, кто об этом говорит, сам этого не воспринимал",
    ),
    "one_witness": Text(
        "somebody outside the mechanism perceived it",
        "це сприйняв хтось поза механізмом",
        "это воспринял кто-то вне механизма",
    ),
    "observed": Text(
        "a monitor or sensor of the mechanism perceived it",
        "це сприйняв спостерігач або датчик механізму",
        "это воспринял наблюдатель или датчик механизма",
    ),
    "less_specific": Text(
        "what was perceived is less specific than what is alleged",
        "сприйняте менш конкретне, ніж заявлене",
        "воспринятое менее конкретно, чем заявленное",
    ),
    "corroborated": Text(
        "independent voices say the same act, and one of them perceived it",
        "незалежні джерела називають ту саму дію, і одне з них її сприйняло",
        "независимые источники называют то же действие, и один из них его воспринял",
    ),
    "admitted": Text(
        "the party named says so itself",
        "названа сторона сама про це каже",
        "названная сторона сама об этом говорит",
    ),
    "checked": Text(
        "checked on site under custody, and reviewed by a second person",
        "перевірено на місці зі збереженням доказів і переглянуто другою особою",
        "проверено на месте с сохранностью доказательств и пересмотрено вторым лицом",
    ),
    "not_found": Text(
        "the check did not find what was alleged",
        "перевірка не виявила заявленого",
        "проверка не обнаружила заявленного",
    ),
    "denied": Text("denied", "заперечується", "отрицается"),
    "not_perceived": Text(
        "somebody there did not perceive it",
        "хтось на місці цього не сприйняв",
        "кто-то на месте этого не воспринял",
    ),
}

DECIDES: dict[str, Text] = {
    "reply": Text(
        "the answer of the party named",
        "відповідь названої сторони",
        "ответ названной стороны",
    ),
    "second_voice": Text(
        "another independent origin that says the same act",
        "ще одне незалежне джерело, яке називає ту саму дію",
        "ещё один независимый источник, который называет то же действие",
    ),
    "better_time": Text("a closer time", "точніший час", "более точное время"),
    "better_position": Text("a better position", "точніше місце", "более точное место"),
    "act_identified": Text(
        "what kind of act it was",
        "якого виду була дія",
        "какого вида было действие",
    ),
    "watcher_back": Text(
        "the camera or sensor back in service",
        "відновлення роботи камери чи датчика",
        "восстановление работы камеры или датчика",
    ),
    "site_visit": Text("a visit to the site", "відвідання місця", "посещение места"),
}

GAP_STATES: dict[str, Text] = {
    "degraded": Text("degraded", "працювало з обмеженнями", "работало с ограничениями"),
    "down": Text("down", "не працювало", "не работало"),
}

GAP_REASONS: dict[str, Text] = {
    "night": Text("night", "ніч", "ночь"),
    "weather": Text("weather", "погода", "погода"),
    "jammed": Text("jammed", "глушіння", "глушение"),
    "denied": Text("access denied", "у доступі відмовлено", "в доступе отказано"),
    "outage": Text("outage", "відмова обладнання", "отказ оборудования"),
    "not_tasked": Text("not tasked", "без завдання", "без задания"),
}

UNCASED: dict[str, Text] = {
    "time_not_given": Text(
        "nobody said when, so no clause can be asked",
        "час не вказано, тому жодне положення не застосувати",
        "время не указано, поэтому ни одно положение не применить",
    ),
    "nobody_asserts": Text(
        "nobody whose claim is held here says it happened",
        "ніхто, чия заява тут зберігається, не каже, що це сталося",
        "никто, чьё заявление здесь хранится, не говорит, что это произошло",
    ),
}

# `{article}` is the article's number as the agreement prints it.
PROPOSALS: dict[str, Text] = {
    "breach": Text(
        "meets the test agreed in article {article}",
        "відповідає ознакам, узгодженим у статті {article}",
        "соответствует признакам, согласованным в статье {article}",
    ),
    "no_breach": Text(
        "does not meet the test agreed in article {article}",
        "не відповідає ознакам, узгодженим у статті {article}",
        "не соответствует признакам, согласованным в статье {article}",
    ),
    "excused": Text(
        "meets the test agreed in article {article}, and an agreed exemption applies",
        "відповідає ознакам, узгодженим у статті {article}, і діє узгоджений виняток",
        "соответствует признакам, согласованным в статье {article}, и действует согласованное "
        "исключение",
    ),
    "undetermined": Text(
        "undetermined under article {article}",
        "за статтею {article} не встановлено",
        "по статье {article} не установлено",
    ),
    "not_in_force": Text(
        "article {article} was not in force there and then",
        "стаття {article} там і тоді не діяла",
        "статья {article} там и тогда не действовала",
    ),
    "displaced": Text(
        "judged under a more special clause than article {article}",
        "розглядається за спеціальнішим положенням, ніж стаття {article}",
        "рассматривается по более специальному положению, чем статья {article}",
    ),
    "contested": Text(
        "the parties read article {article} differently, and the readings give different results",
        "сторони по-різному читають статтю {article}, і прочитання дають різні результати",
        "стороны по-разному читают статью {article}, и прочтения дают разные результаты",
    ),
}


# Where a test is met only by what is alleged.
AS_ALLEGED: dict[str, Text] = {
    "breach": Text(
        "as alleged it would meet the test agreed in article {article}; that it occurred is not "
        "established",
        "за заявленим це відповідало б ознакам, узгодженим у статті {article}; що це сталося, не "
        "встановлено",
        "по заявленному это соответствовало бы признакам, согласованным в статье {article}; что "
        "это произошло, не установлено",
    ),
    "excused": Text(
        "as alleged an agreed exemption to article {article} would apply; that it occurred is not "
        "established",
        "за заявленим діяв би узгоджений виняток зі статті {article}; що це сталося, не "
        "встановлено",
        "по заявленному действовало бы согласованное исключение из статьи {article}; что это "
        "произошло, не установлено",
    ),
}


def proposal(verdict: str, article: str, language: str, *, as_alleged: str = "") -> str:
    """A proposed verdict as a sentence about the agreed test; names no party.

    as_alleged: the verdict if it occurred as alleged, where that is more than is proposed.
    """
    table = PROPOSALS
    if as_alleged != verdict and as_alleged in AS_ALLEGED:
        table, verdict = AS_ALLEGED, as_alleged
    return table[verdict].in_(language).format(article=article)


CASE_REFUSALS: dict[str, Text] = {
    "borrowed_voice": Text(
        "only the desk passes on another's word",
        "лише черговий центру передає слово іншого",
        "только дежурный центра передаёт слово другого",
    ),
    "not_now": Text(
        "the case does not stand where this act is allowed",
        "справа не на тому етапі, де ця дія дозволена",
        "дело не на том этапе, где это действие разрешено",
    ),
    "not_theirs": Text(
        "this act is for somebody else to do",
        "цю дію має право вчинити хтось інший",
        "это действие вправе совершить кто-то другой",
    ),
    "twice": Text(
        "this claim is before the case already",
        "цю заяву вже долучено до справи",
        "это заявление уже приобщено к делу",
    ),
    "not_before_it": Text(
        "this claim is not before the case",
        "цю заяву не долучено до справи",
        "это заявление не приобщено к делу",
    ),
    "no_such": Text(
        "there is nothing open by that name in this case",
        "у цій справі немає нічого відкритого з такою назвою",
        "в этом деле нет ничего открытого с таким названием",
    ),
    "second_person": Text(
        "this needs a second person, named by post",
        "для цього потрібна друга особа, названа за посадою",
        "для этого нужно второе лицо, названное по должности",
    ),
    "jump": Text(
        "a level is not skipped, nor gone back on by word",
        "рівень не можна пропустити чи знизити словом",
        "уровень нельзя пропустить или понизить словом",
    ),
    "own_report": Text(
        "whoever reported it does not verify it",
        "хто повідомив, той не перевіряє",
        "кто сообщил, тот не проверяет",
    ),
    "unsupported": Text(
        "the evidence before the case does not support this level",
        "докази у справі не підтверджують цього рівня",
        "доказательства в деле не подтверждают этого уровня",
    ),
    "standard": Text(
        "the standard of proof is not the agreed one",
        "стандарт доказування не той, що узгоджено",
        "стандарт доказывания не тот, что согласован",
    ),
    "stage_skipped": Text(
        "an earlier stage has no record of adopting it",
        "немає запису, що попередній етап це ухвалив",
        "нет записи, что предыдущий этап это принял",
    ),
    "not_the_outcome": Text(
        "the votes do not come to this under the agreed rule",
        "за узгодженим правилом голоси дають інший підсумок",
        "по согласованному правилу голоса дают другой итог",
    ),
    "reply_window": Text(
        "the time to reply is not over and was not waived",
        "час на відповідь не минув, і від нього не відмовилися",
        "время на ответ не истекло, и от него не отказались",
    ),
}
