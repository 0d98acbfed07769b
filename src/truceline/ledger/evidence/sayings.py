"""The texts themselves: kinds, findings, limits, and the README of every evidence file."""

from truceline.values.texts import Text

UNKNOWN = Text(
    "a kind of evidence this program does not know",
    "вид доказу, якого ця програма не знає",
    "вид доказательства, который этой программе неизвестен",
)

KINDS = {
    "fork": Text(
        "The log signed two histories that contradict each other.",
        "Журнал підписав дві історії, які суперечать одна одній.",
        "Журнал подписал две истории, которые противоречат друг другу.",
    ),
    "withheld": Text(
        "The log gave a receipt for an entry, and later no longer held that entry.",
        "Журнал видав квитанцію на запис, а згодом цього запису вже не містив.",
        "Журнал выдал квитанцию на запись, а позже этой записи уже не содержал.",
    ),
    "forgery": Text(
        "The log holds an entry in somebody’s name which that somebody did not sign.",
        "Журнал містить запис від чийогось імені, якого цей автор не підписував.",
        "Журнал содержит запись от чьего-то имени, которую этот автор не подписывал.",
    ),
    "equivocation": Text(
        "One author signed two different entries under one number.",
        "Один автор підписав два різні записи під одним номером.",
        "Один автор подписал две разные записи под одним номером.",
    ),
    "refusal": Text(
        "The desk of the centre signed that it refused an entry.",
        "Секретаріат центру підписом засвідчив, що відмовив у прийнятті запису.",
        "Секретариат центра подписью удостоверил, что отказал в приёме записи.",
    ),
    "denial": Text(
        "An entry was shown to others in time, and the log left it out.",
        "Запис своєчасно показали іншим, а журнал його не включив.",
        "Запись своевременно показали другим, а журнал её не включил.",
    ),
    "suspect": Text(
        "An entry was signed with a key that was later revoked as suspect.",
        "Запис підписано ключем, який згодом відкликали як підозрілий.",
        "Запись подписана ключом, который позже отозвали как подозрительный.",
    ),
    "receipt": Text(
        "A receipt: the entry is in the record, under the signed head it names.",
        "Квитанція: запис є в журналі, під підписаним станом, який вона називає.",
        "Квитанция: запись есть в журнале, под подписанным состоянием, которое она называет.",
    ),
    "case": Text(
        "What one reader may open of one matter in the record.",
        "Те, що один читач може розкрити з однієї справи в журналі.",
        "То, что один читатель может раскрыть из одного дела в журнале.",
    ),
}

POINTS = {
    "log-signed-both": Text(
        "The log {log} signed both heads: one of {one} entries, one of {two}.",
        "Журнал {log} підписав обидва стани: один на {one} записів, інший на {two}.",
        "Журнал {log} подписал оба состояния: одно на {one} записей, другое на {two}.",
    ),
    "same-size": Text(
        "Both heads speak of {size} entries, and their roots differ.",
        "Обидва стани охоплюють {size} записів, а їхні корені різні.",
        "Оба состояния охватывают {size} записей, а корни их различны.",
    ),
    "other-entry": Text(
        "In place {entry} one history holds entry {one}, the other entry {two}.",
        "На місці {entry} одна історія містить запис {one}, інша — запис {two}.",
        "На месте {entry} одна история содержит запись {one}, другая — запись {two}.",
    ),
    "other-past": Text(
        "What the larger log held at {old} entries is not what the smaller head says of them.",
        "Те, що більший журнал містив на {old} записах, не збігається з меншим станом.",
        "То, что больший журнал содержал на {old} записях, не совпадает с меньшим состоянием.",
    ),
    "witness-both": Text(
        "The witness {witness} cosigned both heads.",
        "Свідок {witness} засвідчив обидва стани.",
        "Свидетель {witness} заверил оба состояния.",
    ),
    "receipt-holds": Text(
        "The log signed a receipt for entry {leaf}, in place {entry}.",
        "Журнал підписав квитанцію на запис {leaf} на місці {entry}.",
        "Журнал подписал квитанцию на запись {leaf} на месте {entry}.",
    ),
    "in-log": Text(
        "Entry {entry} is in the log of {size} entries.",
        "Запис {entry} міститься в журналі на {size} записів.",
        "Запись {entry} содержится в журнале на {size} записей.",
    ),
    "not-theirs": Text(
        "The signature line of {name} on it was not made with the key registered for {name}.",
        "Рядок підпису {name} на ньому зроблено не зареєстрованим ключем {name}.",
        "Строка подписи {name} на ней сделана не зарегистрированным ключом {name}.",
    ),
    "two-entries": Text(
        "{author} signed two different entries as its number {seq}: {one} and {two}.",
        "{author} підписав два різні записи під своїм номером {seq}: {one} і {two}.",
        "{author} подписал две разные записи под своим номером {seq}: {one} и {two}.",
    ),
    "no-refusal-shown": Text(
        "No refusal of either entry is in the file: one would free the number (ask the author).",
        "Відмови в жодному із записів у файлі немає: вона звільнила б номер (запитайте автора).",
        "Отказа ни в одной из записей в файле нет: он освободил бы номер (спросите автора).",
    ),
    "taken-before": Text(
        "Entry {entry} bore the number in the log before its twin was refused (at {size} entries).",
        "Запис {entry} мав цей номер у журналі ще до відмови другому (на {size} записах).",
        "Запись {entry} имела этот номер в журнале ещё до отказа второй (на {size} записях).",
    ),
    "two-logs": Text(
        "One is of {one}, the other of {two}: one record handed over, and who changed it is open.",
        "Одне від {one}, інше від {two}: один переданий журнал; хто його змінив, не показано.",
        "Одно от {one}, другое от {two}: один переданный журнал; кто его изменил, не показано.",
    ),
    "refused": Text(
        "On {at} the desk signed that it refused entry {leaf} by the rule “{rule}”.",
        "{at} секретаріат підписав, що відмовив у записі {leaf} за правилом «{rule}».",
        "{at} секретариат подписал, что отказал в записи {leaf} по правилу «{rule}».",
    ),
    "keeps-rule": Text(
        "The entry keeps that rule, as this program knows it: the refusal contradicts the entry.",
        "Запис дотримує цього правила, як його знає ця програма: відмова суперечить запису.",
        "Запись соответствует этому правилу, как его знает эта программа: отказ противоречит ей.",
    ),
    "breaks-rule": Text(
        "The entry does break that rule.",
        "Запис справді порушує це правило.",
        "Запись действительно нарушает это правило.",
    ),
    "rule-not-told": Text(
        "Whether the entry breaks that rule cannot be told from the entry alone.",
        "Чи порушує запис це правило, із самого запису визначити не можна.",
        "Нарушает ли запись это правило, по самой записи определить нельзя.",
    ),
    "relayed": Text(
        "On {at} {by} signed that it had been shown the entry.",
        "{at} {by} підписом засвідчив, що йому показали цей запис.",
        "{at} {by} подписью удостоверил, что ему показали эту запись.",
    ),
    "overdue": Text(
        "The log dated its head of {size} entries {at}, {minutes} minutes after the second note.",
        "Стан на {size} записів журнал датував {at}: через {minutes} хв після другого засвідчення.",
        "Состояние на {size} записей журнал датировал {at}: через {minutes} мин после второго.",
    ),
    "absent": Text(
        "None of the {size} leaves under that head is this entry.",
        "Серед {size} листків цього стану такого запису немає.",
        "Среди {size} листьев этого состояния такой записи нет.",
    ),
    "revoked": Text(
        "Entry {entry} revoked the key {key}, suspect from entry {since} on.",
        "Запис {entry} відкликав ключ {key}, підозрілий від запису {since}.",
        "Запись {entry} отозвала ключ {key}, подозрительный с записи {since}.",
    ),
    "by-suspect": Text(
        "Entry {entry} was signed with that key.",
        "Запис {entry} підписано цим ключем.",
        "Запись {entry} подписана этим ключом.",
    ),
    "case-entry": Text(
        "Entry {entry}, {kind}, by {author}: its signature holds and it is in the log.",
        "Запис {entry}, {kind}, автор {author}: підпис дійсний, запис є в журналі.",
        "Запись {entry}, {kind}, автор {author}: подпись действительна, запись есть в журнале.",
    ),
    "case-late": Text(
        "Entry {entry} was made between {after} and {before}.",
        "Запис {entry} зроблено між {after} і {before}.",
        "Запись {entry} сделана между {after} и {before}.",
    ),
    "case-undated": Text(
        "When entry {entry} was made cannot be shown on both sides from this file.",
        "Час запису {entry} за цим файлом не обмежується з обох боків.",
        "Время записи {entry} по этому файлу не ограничивается с обеих сторон.",
    ),
    "case-opened": Text(
        "What entry {entry} committed to is in this file, to the byte: {size} bytes.",
        "Те, що зафіксував запис {entry}, є в цьому файлі до байта: {size} байтів.",
        "То, что зафиксировала запись {entry}, есть в этом файле до байта: {size} байт.",
    ),
    "case-file": Text(
        "The file that entry {entry} took in is here, to the byte: {size} bytes.",
        "Файл, прийнятий записом {entry}, є тут до байта: {size} байтів.",
        "Файл, принятый записью {entry}, есть здесь до байта: {size} байт.",
    ),
    "case-closed": Text(
        "Not opened: {what} ({why}).",
        "Не розкрито: {what} ({why}).",
        "Не раскрыто: {what} ({why}).",
    ),
    "case-level": Text(
        "The record of {size} entries is {level} by your trust file.",
        "Журнал на {size} записів за вашим файлом довіри має рівень: {level}.",
        "Журнал на {size} записей по вашему файлу доверия имеет уровень: {level}.",
    ),
    "case-digest": Text(
        "{by} signed that it holds and drew {size} entries; its digest is {digest}.",
        "{by} підписав, що має й розгорнув {size} записів; його дайджест {digest}.",
        "{by} подписал, что имеет и развернул {size} записей; его дайджест {digest}.",
    ),
    "readme-altered": Text(
        "The README ({languages}) is not the one that belongs to this file: do not rely on it.",
        "README ({languages}) не той, що належить до цього файлу: не покладайтеся на нього.",
        "README ({languages}) не тот, что относится к этому файлу: не полагайтесь на него.",
    ),
    "not-shown": Text(
        "This could not be shown: {why}",
        "Цього показати не вдалося: {why}",
        "Этого показать не удалось: {why}",
    ),
}

_HAND = Text(
    "Whose hand used a key: only that the key registered for that name was used.",
    "Чия рука вжила ключ: лише те, що вжито ключ, зареєстрований на це ім’я.",
    "Чья рука применила ключ: лишь то, что применён ключ, записанный на это имя.",
)
_WHO = Text(
    "Who at the centre did it, and whether on purpose.",
    "Хто саме в центрі це зробив і чи навмисно.",
    "Кто именно в центре это сделал и намеренно ли.",
)
_TRUE = Text(
    "Whether what anybody said in an entry is true.",
    "Чи правда те, що хтось сказав у записі.",
    "Правда ли то, что кто-либо сказал в записи.",
)

LIMITS = {
    "receipt": (_TRUE, _HAND),
    "fork": (_WHO, _TRUE),
    "withheld": (_WHO, _TRUE),
    "forgery": (
        _WHO,
        Text(
            "Who wrote the entry instead.",
            "Хто написав запис натомість.",
            "Кто написал запись вместо него.",
        ),
    ),
    "equivocation": (
        Text(
            "That no refusal by the desk had freed the number, unless one is in this file.",
            "Що номер не звільнила відмова секретаріату, якщо її немає в цьому файлі.",
            "Что номер не освободил отказ секретариата, если его нет в этом файле.",
        ),
        _HAND,
        _TRUE,
    ),
    "refusal": (
        _WHO,
        Text(
            "Whether a rule that depends on the rest of the record was applied rightly.",
            "Чи правильно застосовано правило, що залежить від решти журналу.",
            "Верно ли применено правило, зависящее от остального журнала.",
        ),
    ),
    "denial": (
        Text(
            "Whether the centre received the entry: only that others did and that the log went on.",
            "Чи отримав запис центр: лише те, що його отримали інші, а журнал вівся далі.",
            "Получил ли запись центр: лишь то, что её получили другие, а журнал вёлся дальше.",
        ),
        Text(
            "That no signed refusal was given: ask the author whether one came.",
            "Що підписаної відмови не було: запитайте автора, чи вона надходила.",
            "Что подписанного отказа не было: спросите автора, приходил ли он.",
        ),
        _HAND,
    ),
    "suspect": (
        _HAND,
        Text(
            "Whether those who revoked the key were entitled to: the record’s groups say that.",
            "Чи мали право ті, хто відкликав ключ: це кажуть групи в журналі.",
            "Имели ли право те, кто отозвал ключ: это говорят группы в журнале.",
        ),
        Text(
            "Whether the entry is wrong: people decide that, with whoever owns the key.",
            "Чи запис хибний: це вирішують люди разом із власником ключа.",
            "Ошибочна ли запись: это решают люди вместе с владельцем ключа.",
        ),
    ),
    "case": (
        _TRUE,
        Text(
            "That nothing else was said: another reader may open what this one may not.",
            "Що більше нічого не сказано: інший читач може розкрити те, чого не може цей.",
            "Что больше ничего не сказано: другой читатель может раскрыть то, чего не может этот.",
        ),
        Text(
            "How claims.json was read out of the opened files: read them again to check it.",
            "Як claims.json виведено з розкритих файлів: щоб перевірити, прочитайте їх знову.",
            "Как claims.json выведен из раскрытых файлов: чтобы проверить, прочтите их снова.",
        ),
        _HAND,
    ),
}

TERMS = {
    "proved": Text("PROVED", "ДОВЕДЕНО", "ДОКАЗАНО"),
    "holds": Text("WHOLE", "ЦІЛЕ", "ЦЕЛО"),
    "not proved": Text("NOT PROVED", "НЕ ДОВЕДЕНО", "НЕ ДОКАЗАНО"),
    "refused": Text("CANNOT BE JUDGED", "ОЦІНИТИ НЕ МОЖНА", "ОЦЕНИТЬ НЕЛЬЗЯ"),
    "log": Text("Log", "Журнал", "Журнал"),
    "culprit": Text("Responsible", "Відповідає", "Отвечает"),
    "nobody": Text(
        "nobody is named: people decide",
        "нікого не названо: вирішують люди",
        "никто не назван: решают люди",
    ),
    "entry": Text("Entry", "Запис", "Запись"),
    "limits": Text("This does not prove:", "Це не доводить:", "Это не доказывает:"),
}

README = Text(
    """{title}

Record: {origin}

This file was made to be checked by somebody who trusts neither its maker nor the centre that keeps
the record. What you can read here with any program: notes (entries, heads of the log, proofs, what
people signed), each exactly as it was signed. Nothing here says whom to trust.

To check it you need the trust file of the record, handed to you by a person you trust, and the
small verifier truceline-verify.pyz. No network is needed:

    python truceline-verify.pyz check THIS-FILE.zip --trust TRUST

If you have unpacked this file, give the folder's name instead.
What it would not prove, even when every check holds:

""",
    """{title}

Журнал: {origin}

Цей файл зроблено для того, хто не довіряє ні його авторові, ні центру, який веде журнал. Тут можна
прочитати будь-якою програмою записи, стани журналу, докази й підписані слова — саме такими, якими
їх підписано. Кому довіряти, цей файл не вказує.

Щоб перевірити його, потрібен файл довіри цього журналу, отриманий від людини, якій ви довіряєте, і
малий перевіряльник truceline-verify.pyz. Мережа не потрібна:

    python truceline-verify.pyz check ЦЕЙ-ФАЙЛ.zip --trust ДОВІРА --lang uk

Якщо ви розпакували цей файл, укажіть натомість теку.
Чого це не довело б, навіть якщо всі перевірки пройдено:

""",
    """{title}

Журнал: {origin}

Этот файл сделан для того, кто не доверяет ни его автору, ни центру, ведущему журнал. Здесь можно
прочесть любой программой записи, состояния журнала, доказательства и подписанные слова — ровно
такими, какими их подписали. Кому доверять, этот файл не указывает.

Чтобы проверить его, нужен файл доверия этого журнала, полученный от человека, которому вы
доверяете, и малый проверяльщик truceline-verify.pyz. Сеть не нужна:

    python truceline-verify.pyz check ЭТОТ-ФАЙЛ.zip --trust ДОВЕРИЕ --lang ru

Если вы распаковали этот файл, укажите вместо него папку.
Чего это не доказало бы, даже если все проверки пройдены:

""",
)
