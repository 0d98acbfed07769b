"""The states of duties, powers and counts of quiet days in words."""

from truceline.values.texts import Text

STATES: dict[str, Text] = {
    "latent": Text("not started", "не розпочато", "не началось"),
    "pending": Text("not yet open", "ще не настало", "ещё не наступило"),
    "due": Text("due", "до виконання", "к исполнению"),
    "claimed": Text("claimed, not verified", "заявлено, не перевірено", "заявлено, не проверено"),
    "disputed": Text("claim not confirmed", "заяву не підтверджено", "заявление не подтверждено"),
    "met": Text("done in time", "виконано вчасно", "выполнено в срок"),
    "met_late": Text("done late", "виконано пізніше строку", "выполнено позже срока"),
    "overdue": Text("past its time", "строк минув", "срок истёк"),
    "breached": Text(
        "not done within the limit", "не виконано в межах строку", "не выполнено в пределах срока"
    ),
    "suspended": Text("suspended", "призупинено", "приостановлено"),
    "waived": Text("waived", "звільнено від виконання", "освобождено от исполнения"),
    "terminated": Text("ended", "припинено", "прекращено"),
    "available": Text("may be used", "можна застосувати", "можно применить"),
    "exercised": Text("used", "застосовано", "применено"),
    "exercised_without_basis": Text(
        "used; no ground for it on record",
        "застосовано; підстави в реєстрі немає",
        "применено; основания в реестре нет",
    ),
    "waiting": Text("not yet counted", "відлік ще не почався", "отсчёт ещё не начался"),
    "counting": Text("counting", "триває відлік", "идёт отсчёт"),
    "unverified": Text(
        "full, not yet verified", "строк повний, ще не перевірено", "срок полон, ещё не проверено"
    ),
    "reached": Text("reached", "досягнуто", "достигнуто"),
}

DUE = Text("by {when}", "до {when}", "до {when}")
SINCE = Text("since {when}", "з {when}", "с {when}")
QUIET = Text(
    "quiet days {anchor} in {zone}: {days} of {wanted}, {state}",
    "дні тиші {anchor} у {zone}: {days} з {wanted}, {state}",
    "дни тишины {anchor} в {zone}: {days} из {wanted}, {state}",
)
RESET = Text(
    "counted again after {record}", "відлік почато знову після {record}",
    "отсчёт начат снова после {record}",
)  # fmt: skip
VERIFIED = Text(
    "full only when {body} has verified it",
    "повні лише після перевірки: {body}",
    "полны лишь после проверки: {body}",
)
UNWATCHED = Text(
    "the text asks for nobody's verification: silence of the register counts",
    "текст не вимагає перевірки: мовчання реєстру зараховується",
    "текст не требует проверки: молчание реестра засчитывается",
)
