"""Every sentence the reader itself says, in every working language."""

from truceline.values.texts import Text

PROBLEMS: dict[str, Text] = {
    "empty": Text("the file is empty", "файл порожній", "файл пуст"),
    "binary": Text(
        "not text but a picture, an archive or an office file; save the article as text in UTF-8",
        "не текст, а зображення, архів чи офісний файл; збережіть статтю як текст у UTF-8",
        "не текст, а изображение, архив или офисный файл; сохраните статью как текст в UTF-8",
    ),
    "encoding": Text(
        "not UTF-8; save the file as UTF-8 and read it again",
        "не UTF-8; збережіть файл у UTF-8 і прочитайте знову",
        "не UTF-8; сохраните файл в UTF-8 и прочитайте снова",
    ),
    "no_prose": Text(
        "hardly any letters: no article was found",
        "майже немає літер: статті не знайдено",
        "почти нет букв: статья не найдена",
    ),
    "no_article": Text(
        "only menus and notices: no article was found",
        "лише меню та повідомлення сайту: статті не знайдено",
        "только меню и уведомления сайта: статья не найдена",
    ),
    "copy": Text(
        "the same bytes as a file before it: one account, not two",
        "ті самі байти, що й у попередньому файлі: одне повідомлення, а не два",
        "те же байты, что и в предыдущем файле: одно сообщение, а не два",
    ),
}

HEADINGS: dict[str, Text] = {
    "title": Text(
        "Talks as reported: a brief from coverage",
        "Переговори за повідомленнями: огляд публікацій",
        "Переговоры по сообщениям: обзор публикаций",
    ),
    "notice": Text(
        "Proposals of a program, not confirmed by a rapporteur. "
        "Words of the accounts stand as given. "
        "A line stands on the accounts whose marks it carries.",
        "Пропозиції програми, не підтверджені доповідачем. Слова публікацій наведено без змін. "
        "Кожен рядок спирається на публікації, позначки яких він має.",
        "Предложения программы, не подтверждённые докладчиком. "
        "Слова публикаций приведены без изменений. "
        "Каждая строка опирается на публикации, пометки которых она несёт.",
    ),
    "accounts": Text("Accounts read", "Прочитані публікації", "Прочитанные публикации"),
    "next": Text("What comes next", "Що далі", "Что дальше"),
    "differs": Text(
        "Where accounts differ", "У чому публікації розходяться", "В чём публикации расходятся"
    ),
    "positions": Text("Issue and party", "Питання і сторона", "Вопрос и сторона"),
    "meetings": Text("Who met whom", "Хто з ким зустрічався", "Кто с кем встречался"),
    "outcomes": Text("What came of it", "Які результати", "Каковы результаты"),
    "instruments": Text(
        "Documents, as claimed", "Документи, за заявами", "Документы, по заявлениям"
    ),
    "delegations": Text("Who sat for whom", "Хто кого представляв", "Кто кого представлял"),
    "quotes": Text("In their own words", "Дослівно", "Дословно"),
    "problems": Text("Could not be read", "Не вдалося прочитати", "Не удалось прочитать"),
    "nothing": Text("Nothing reported.", "Нічого не повідомлено.", "Ничего не сообщено."),
    "issue": Text("issue", "питання", "вопрос"),
    "party": Text("party", "сторона", "сторона"),
    "stance": Text("stance", "позиція", "позиция"),
    "told": Text("as told", "за повідомленням", "по сообщению"),
    "unsure": Text("speaker not certain", "мовець не певний", "говорящий не установлен точно"),
    "unnamed": Text("source without a name", "джерело без імені", "источник без имени"),
    "unknown_day": Text(
        "reference day unknown", "день відліку невідомий", "день отсчёта неизвестен"
    ),
    "for_a_person": Text("a person decides", "вирішує людина", "решает человек"),
}

KINDS: dict[str, Text] = {
    "value": Text("value", "значення", "значение"),
    "subset": Text("one list is longer", "один перелік довший", "один перечень длиннее"),
    "certainty": Text("certainty", "певність", "определённость"),
    "time": Text("state over time", "стан у часі", "состояние во времени"),
    "spelling": Text("spelling", "написання", "написание"),
    "title": Text("office", "посада", "должность"),
    "channel": Text("channel", "канал", "канал"),
    "framing": Text("framing", "формулювання", "формулировка"),
    "referent": Text("what it is about", "про що йдеться", "о чём идёт речь"),
}

QUESTIONS: dict[str, Text] = {
    "which_day": Text("Which day?", "Який день?", "Какой день?"),
    "what_next": Text(
        "When is the next round, and how sure is it?",
        "Коли наступний раунд і наскільки це певно?",
        "Когда следующий раунд и насколько это определённо?",
    ),
    "who_sat": Text("Who sat for {0}?", "Хто представляв {0}?", "Кто представлял {0}?"),
    "how_long": Text(
        "How long did {0} meet?", "Скільки тривала зустріч: {0}?", "Сколько длилась встреча: {0}?"
    ),
    "what_came_of_it": Text(
        "What came of: {0}?", "Який результат щодо: {0}?", "Каков результат по вопросу: {0}?"
    ),
    "which_state": Text(
        "How far is the document on: {0}?",
        "У якому стані документ щодо: {0}?",
        "В каком состоянии документ по вопросу: {0}?",
    ),
    "how_many": Text("How many: {0}?", "Скільки: {0}?", "Сколько: {0}?"),
    "which_office": Text("Which office has {0}?", "Яка посада: {0}?", "Какая должность: {0}?"),
    "which_channel": Text(
        "By which channel did {0} say it?",
        "Яким каналом це сказано: {0}?",
        "По какому каналу это сказано: {0}?",
    ),
    "about_which_meeting": Text(
        "Which meeting do the words of {0} speak of?",
        "Про яку зустріч ідеться в словах: {0}?",
        "О какой встрече говорится в словах: {0}?",
    ),
    "which_words": Text(
        "Which words are used: {0}?", "Якими словами названо: {0}?", "Какими словами названо: {0}?"
    ),
    "which_spelling": Text("How is {0} spelt?", "Як пишеться {0}?", "Как пишется {0}?"),
}

CODES: dict[str, Text] = {
    "territory": Text("territory", "територія", "территория"),
    "security_guarantees": Text("security guarantees", "гарантії безпеки", "гарантии безопасности"),
    "monitoring": Text("monitoring", "моніторинг", "мониторинг"),
    "energy_ceasefire": Text(
        "energy ceasefire", "енергетичне перемир'я", "энергетическое перемирие"
    ),
    "ceasefire": Text("ceasefire", "припинення вогню", "прекращение огня"),
    "prisoners": Text("prisoners and hostages", "полонені й заручники", "пленные и заложники"),
    "nuclear": Text("nuclear questions", "ядерні питання", "ядерные вопросы"),
    "sanctions": Text("sanctions", "санкції", "санкции"),
    "aid": Text("aid and corridors", "допомога й коридори", "помощь и коридоры"),
    "alliance": Text("alliances", "союзи", "союзы"),
    "disarmament": Text(
        "weapons and disengagement", "озброєння й відведення", "вооружения и отвод"
    ),
    "economy": Text("economy", "економіка", "экономика"),
    "elections": Text("elections", "вибори", "выборы"),
    "rejects": Text("rejects", "відкидає", "отвергает"),
    "accepts": Text("accepts", "приймає", "принимает"),
    "demands": Text("insists on", "наполягає", "настаивает"),
    "seeks": Text("seeks", "прагне", "добивается"),
    "explicitly_not_discussed": Text(
        "explicitly not discussed", "прямо сказано: не обговорювали", "прямо сказано: не обсуждали"
    ),
    "agreed_in_principle": Text(
        "agreed in principle", "погоджено в принципі", "согласовано в принципе"
    ),
    "deferred": Text("put off", "відкладено", "отложено"),
    "discussed_no_agreement": Text("no agreement", "без згоди", "без согласия"),
    "agreed": Text("agreed", "погоджено", "согласовано"),
    "discussed": Text("discussed", "обговорено", "обсуждено"),
    "tentative": Text("tentative", "попередньо", "предварительно"),
    "possible": Text("possible", "можливо", "возможно"),
    "conditional": Text("on a condition", "за умови", "при условии"),
    "approximate": Text("about then", "приблизно тоді", "примерно тогда"),
    "expected": Text("expected", "очікується", "ожидается"),
    "scheduled": Text("scheduled", "призначено", "назначено"),
    "firm": Text("stated as certain", "заявлено як певне", "заявлено как определённое"),
    "not_secured": Text("not secured", "не досягнуто", "не достигнуто"),
    "nearly_ready": Text("nearly ready", "майже готово", "почти готово"),
    "ready": Text("ready", "готово", "готово"),
    "to_be_ratified": Text("to be ratified", "підлягає ратифікації", "подлежит ратификации"),
    "to_be_signed": Text("to be signed", "має бути підписано", "должно быть подписано"),
    "signed": Text("signed", "підписано", "подписано"),
    "ratified": Text("ratified", "ратифіковано", "ратифицировано"),
    "in_force": Text("in force", "чинне", "в силе"),
    "revised": Text("revised", "доопрацьовано", "доработано"),
    "to_be_prepared": Text("to be prepared", "має бути підготовлено", "должно быть подготовлено"),
    "proposed": Text("proposed", "запропоновано", "предложено"),
    "rejected": Text("rejected", "відхилено", "отклонено"),
    "x": Text("X", "X", "X"),
    "telegram": Text("Telegram", "Telegram", "Telegram"),
    "facebook": Text("Facebook", "Facebook", "Facebook"),
    "truth_social": Text("Truth Social", "Truth Social", "Truth Social"),
    "social_media": Text("social media", "соцмережі", "соцсети"),
    "news_conference": Text("news conference", "пресконференція", "пресс-конференция"),
    "interview": Text("interview", "інтерв'ю", "интервью"),
    "statement": Text("statement", "заява", "заявление"),
    "reporters": Text("to reporters", "журналістам", "журналистам"),
    "speech": Text("speech", "виступ", "выступление"),
    "agency": Text("to an agency", "агентству", "агентству"),
    "fighting": Text("the fighting", "бойові дії", "боевые действия"),
    "conflict": Text("conflict", "конфлікт", "конфликт"),
    "status_of_land": Text("the status of land", "статус територій", "статус территорий"),
    "armed_group": Text("armed groups", "озброєні групи", "вооружённые группы"),
    "war": Text("war", "війна", "война"),
    "invasion": Text("invasion", "вторгнення", "вторжение"),
    "crisis": Text("crisis", "криза", "кризис"),
    "special_operation": Text("special operation", "спеціальна операція", "специальная операция"),
    "aggression": Text("aggression", "агресія", "агрессия"),
    "voted_to_join": Text("voted to join", "голосували за приєднання", "голосовали за вхождение"),
    "annexed": Text("annexed", "анексовано", "аннексировано"),
    "occupied": Text("occupied", "окуповано", "оккупировано"),
    "liberated": Text("liberated", "звільнено", "освобождено"),
    "controlled": Text("controlled", "під контролем", "под контролем"),
    "terrorists": Text("terrorists", "терористи", "террористы"),
    "militants": Text("militants", "бойовики", "боевики"),
    "rebels": Text("rebels", "повстанці", "повстанцы"),
    "fighters": Text("fighters", "бійці", "бойцы"),
    "separatists": Text("separatists", "сепаратисти", "сепаратисты"),
    "resistance": Text("resistance", "опір", "сопротивление"),
    "hour": Text("h", "год", "ч"),
    "minute": Text("min", "хв", "мин"),
}
