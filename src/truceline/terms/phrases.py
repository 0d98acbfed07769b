"""The sentences of an explanation, each whole in three languages."""

from truceline.values.texts import Text

# A verdict is a proposal about a test that was agreed, never a finding about a party.
VERDICTS: dict[str, Text] = {
    "breach": Text(
        "What is recorded meets the test agreed in article {article}.",
        "Зафіксоване відповідає критерію, узгодженому в статті {article}.",
        "Зафиксированное отвечает критерию, согласованному в статье {article}.",
    ),
    "excused": Text(
        "What is recorded meets the test agreed in article {article}, "
        "and an exemption agreed there covers it.",
        "Зафіксоване відповідає критерію, узгодженому в статті {article}, "
        "і на нього поширюється узгоджений виняток.",
        "Зафиксированное отвечает критерию, согласованному в статье {article}, "
        "и на него распространяется согласованное исключение.",
    ),
    "no_breach": Text(
        "What is recorded does not meet the test agreed in article {article}.",
        "Зафіксоване не відповідає критерію, узгодженому в статті {article}.",
        "Зафиксированное не отвечает критерию, согласованному в статье {article}.",
    ),
    "undetermined": Text(
        "What is recorded does not settle whether the test agreed in article {article} is met.",
        "Зафіксованого не досить, щоб визначити, чи виконано критерій, "
        "узгоджений у статті {article}.",
        "Зафиксированного недостаточно, чтобы определить, выполнен ли критерий, "
        "согласованный в статье {article}.",
    ),
    "not_in_force": Text(
        "The clause of article {article} did not apply at that time.",
        "Положення статті {article} на той час не застосовувалося.",
        "Положение статьи {article} в то время не применялось.",
    ),
    "displaced": Text(
        "A more specific clause answers instead of this one of article {article}.",
        "Замість цього положення статті {article} застосовується спеціальне положення.",
        "Вместо этого положения статьи {article} применяется специальное положение.",
    ),
    "contested": Text(
        "The parties' readings of the agreement give different answers on article {article}.",
        "Тлумачення угоди сторонами дають різні відповіді щодо статті {article}.",
        "Толкования соглашения сторонами дают разные ответы по статье {article}.",
    ),
}

WORDS: dict[str, Text] = {
    "breach": Text("test met", "критерій виконано", "критерий выполнен"),
    "excused": Text("exempted", "виняток", "исключение"),
    "no_breach": Text("test not met", "критерій не виконано", "критерий не выполнен"),
    "undetermined": Text("undetermined", "не встановлено", "не установлено"),
    "not_in_force": Text("not applicable then", "тоді не діяло", "тогда не действовало"),
    "displaced": Text(
        "answered by another clause", "застосовано інше положення", "применено другое положение"
    ),
    "contested": Text("readings differ", "тлумачення різняться", "толкования расходятся"),
}

ASKED_OF_PARTY = Text(
    "Asked about: {party}", "Питання щодо сторони: {party}", "Вопрос о стороне: {party}"
)
ASKED_OF_ANYBODY = Text(
    "Asked about: anyone bound by the clause",
    "Питання щодо будь-кого, кого зобов'язує положення",
    "Вопрос о любом, кого обязывает положение",
)
CONFIDENCE = Text(
    "Share of what may be true in which the test is met and nothing exempts it: {range}",
    "Частка можливих варіантів, за яких критерій виконано, а виняток не діє: {range}",
    "Доля возможных вариантов, при которых критерий выполнен, а исключение не действует: {range}",
)
SPARED = Text(
    "{label}, apart from what is exempt ({names})",
    "{label}, крім того, на що поширюється виняток ({names})",
    "{label}, кроме того, на что распространяется исключение ({names})",
)
CLAUSE = Text("Article {article}: {text}", "Стаття {article}: {text}", "Статья {article}: {text}")

QUESTIONS: dict[str, Text] = {
    "time": Text("in force at that time", "діяло на той час", "действовало в то время"),
    "type": Text("kind of act", "вид дії", "вид действия"),
    "actor": Text(
        "attributed to whom this asks about",
        "віднесено до того, про кого питання",
        "отнесено к тому, о ком вопрос",
    ),
    "weapon": Text(
        "weapon the clause speaks of", "зброя, про яку йдеться", "оружие, о котором идёт речь"
    ),
    "site": Text(
        "object the clause speaks of", "об'єкт, про який ідеться", "объект, о котором идёт речь"
    ),
    "attr": Text(
        "circumstances the clause speaks of",
        "обставини, про які йдеться",
        "обстоятельства, о которых идёт речь",
    ),
    "place": Text(
        "place the clause speaks of", "місце, про яке йдеться", "место, о котором идёт речь"
    ),
    "count": Text(
        "more than the agreed number",
        "більше за узгоджену кількість",
        "больше согласованного числа",
    ),
    "terms": Text(
        "what the words of the text mean",
        "те, що означають слова тексту",
        "то, что означают слова текста",
    ),
    "record": Text("on the register ({name})", "є в реєстрі ({name})", "есть в реестре ({name})"),
    "stated": Text(
        "condition without agreed parameters",
        "умова без узгоджених параметрів",
        "условие без согласованных параметров",
    ),
    "exemption": Text("exemption: {name}", "виняток: {name}", "исключение: {name}"),
}

ANSWERS: dict[str, Text] = {
    "+": Text("yes", "так", "да"),
    "-": Text("no", "ні", "нет"),
    "?": Text("not certain ({range})", "не з'ясовано ({range})", "не выяснено ({range})"),
}

AMENDED = Text(
    "Amendment {amendment} applies to facts of that time",
    "До подій того часу застосовано зміну {amendment}",
    "К событиям того времени применено изменение {amendment}",
)
DISPLACED_BY = Text(
    "Answered by clause {clause}",
    "Застосовано положення {clause}",
    "Применено положение {clause}",
)
READING_UNHELD = Text("Reading “{reading}”", "Тлумачення «{reading}»", "Толкование «{reading}»")
READING = Text(
    "Reading “{reading}”, held by: {held_by}",
    "Тлумачення «{reading}», його дотримуються: {held_by}",
    "Толкование «{reading}», его придерживаются: {held_by}",
)
PLAIN_READING = Text("The text alone", "Сам текст", "Сам текст")
WITH_LIST = Text(
    "with the list of {party}", "за списком сторони: {party}", "по списку стороны: {party}"
)
TOGETHER = Text(
    "Not counted as independent of each other: {what}",
    "Не враховано як незалежні одне від одного: {what}",
    "Не учтено как независимые друг от друга: {what}",
)
WOULD_DECIDE = Text("Would decide it: {what}", "Вирішило б: {what}", "Решило бы: {what}")

MISSING: dict[str, Text] = {
    "place:": Text(
        "a better position (now known to {value} m)",
        "точніше місце (зараз відоме з похибкою {value} м)",
        "более точное место (сейчас известно с погрешностью {value} м)",
    ),
    "attr.": Text(
        "whether “{value}” holds", "чи справджується «{value}»", "выполняется ли «{value}»"
    ),
    "record:": Text(
        "a clear entry in the register ({value})",
        "чіткий запис у реєстрі ({value})",
        "чёткая запись в реестре ({value})",
    ),
    "definition:": Text(
        "an agreed meaning of “{value}”",
        "узгоджене значення «{value}»",
        "согласованное значение «{value}»",
    ),
    "agreed:": Text(
        "an agreed value of {value}",
        "узгоджене значення параметра {value}",
        "согласованное значение параметра {value}",
    ),
    "disputed_coverage": Text(
        "one list of protected objects",
        "єдиний список захищених об'єктів",
        "единый список защищённых объектов",
    ),
    "boundary": Text(
        "a boundary drawn more closely (the place lies within its tolerance)",
        "точніше проведена межа (місце лежить у межах її допуску)",
        "точнее проведённая граница (место лежит в пределах её допуска)",
    ),
    "track": Text(
        "where the moving object was at that time",
        "де тоді перебував рухомий об'єкт",
        "где тогда находился движущийся объект",
    ),
    "place": Text("a position", "місце", "место"),
    "origin": Text("where it came from", "звідки це надійшло", "откуда это исходило"),
    "target": Text("what it was aimed at", "куди це було спрямовано", "куда это было направлено"),
    "time": Text("a closer time", "точніший час", "более точное время"),
    "type": Text("the kind of act", "вид дії", "вид действия"),
    "actor": Text("who acted", "хто діяв", "кто действовал"),
    "weapon": Text("the kind of weapon", "вид зброї", "вид оружия"),
    "calibre": Text("the calibre", "калібр", "калибр"),
    "site": Text("the kind of object", "вид об'єкта", "вид объекта"),
    "attr": Text("the circumstances", "обставини", "обстоятельства"),
    "count": Text("the numbers held", "кількість", "количество"),
    "stated": Text(
        "an agreed meaning of the exemption",
        "узгоджене значення винятку",
        "согласованное значение исключения",
    ),
}
