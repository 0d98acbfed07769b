"""Every code of this room in words, in every working language."""

from truceline.values.texts import Text

COMPLAINT_STATES: dict[str, Text] = {
    "received": Text("received", "отримано", "получено"),
    "acknowledged": Text("acknowledged", "підтверджено отримання", "получение подтверждено"),
    "answered": Text("answered", "надано відповідь", "дан ответ"),
    "overdue": Text("answer overdue", "відповідь прострочено", "ответ просрочен"),
}

ANSWERS: dict[str, Text] = {
    "denies": Text("denies", "заперечує", "отрицает"),
    "accepts": Text("accepts", "визнає", "признаёт"),
    "partly": Text("accepts in part", "визнає частково", "признаёт частично"),
    "no_information": Text("has no information", "не має відомостей", "не имеет сведений"),
}

WINDOW_STATES: dict[str, Text] = {
    "requested": Text("requested: not in effect", "запитано: не діє", "запрошено: не действует"),
    "guaranteed": Text(
        "guaranteed by all, not yet open: not in effect",
        "гарантовано всіма, ще не відкрито: не діє",
        "гарантировано всеми, ещё не открыто: не действует",
    ),
    "active": Text("active", "діє", "действует"),
    "completed": Text("completed", "завершено", "завершено"),
    "breached": Text(
        "ended: silence was not kept",
        "припинено: тиші не дотримано",
        "прекращено: тишина не соблюдена",
    ),
    "refused": Text("refused", "відмовлено", "отказано"),
    "withdrawn": Text("withdrawn", "відкликано", "отозвано"),
    "lapsed": Text("time ran out", "час вичерпано", "время истекло"),
}

PURPOSES: dict[str, Text] = {
    "repair": Text("repair", "ремонт", "ремонт"),
    "evacuation": Text("evacuation", "евакуація", "эвакуация"),
    "demining": Text("demining", "розмінування", "разминирование"),
    "other": Text("other purpose", "інша мета", "иная цель"),
}

STEPS: dict[str, Text] = {
    "clock": Text("time passed", "минув час", "прошло время"),
    "complaint/acknowledged": Text(
        "acknowledged", "отримання підтверджено", "получение подтверждено"
    ),
    "complaint/answered": Text("answered", "надано відповідь", "дан ответ"),
    "window/requested": Text("window requested", "вікно запитано", "окно запрошено"),
    "window/guaranteed": Text("guarantee given", "гарантію надано", "гарантия дана"),
    "window/refused": Text("guarantee refused", "у гарантії відмовлено", "в гарантии отказано"),
    "window/withdrawn": Text("withdrawn", "відкликано", "отозвано"),
    "window/demined": Text(
        "ground reported clear", "повідомлено про розмінування", "сообщено о разминировании"
    ),
    "window/opened": Text("window opened", "вікно відкрито", "окно открыто"),
    "window/completed": Text("work completed", "роботу завершено", "работа завершена"),
    "window/breached": Text("silence not kept", "тиші не дотримано", "тишина не соблюдена"),
}

REFUSALS: dict[str, Text] = {
    "unknown": Text(
        "there is nothing by that number here",
        "тут немає нічого з таким номером",
        "здесь нет ничего с таким номером",
    ),
    "not_held": Text(
        "the content of this act is not held here",
        "вміст цієї дії тут не зберігається",
        "содержание этого действия здесь не хранится",
    ),
    "borrowed_voice": Text(
        "only the centre's desk may pass on another's word",
        "передавати слова іншого може лише центр",
        "передавать слова другого может только центр",
    ),
    "not_accused": Text(
        "only a party the complaint names may answer it",
        "відповідати може лише сторона, названа у скарзі",
        "отвечать может только сторона, названная в жалобе",
    ),
    "not_its_name": Text(
        "one acts in one's own name",
        "діють лише від власного імені",
        "действуют только от своего имени",
    ),
    "already_acknowledged": Text(
        "this was acknowledged before", "це вже підтверджено", "это уже подтверждено"
    ),
    "not_a_guarantor": Text(
        "the window does not wait for a guarantee from this side",
        "гарантія цієї сторони для вікна не потрібна",
        "гарантия этой стороны для окна не требуется",
    ),
    "not_entitled": Text(
        "this act is for others to do", "ця дія належить іншим", "это действие принадлежит другим"
    ),
    "already_guaranteed": Text(
        "this side has given its guarantee already",
        "ця сторона вже надала гарантію",
        "эта сторона уже дала гарантию",
    ),
    "wrong_state": Text(
        "the window does not stand where this act can follow",
        "стан вікна не допускає цієї дії",
        "состояние окна не допускает этого действия",
    ),
    "guarantee_missing": Text(
        "not every guarantee is in", "надано не всі гарантії", "даны не все гарантии"
    ),
    "demining_missing": Text(
        "the ground is not reported clear yet",
        "про розмінування ще не повідомлено",
        "о разминировании ещё не сообщено",
    ),
    "too_early": Text(
        "the window has not started", "час вікна ще не настав", "время окна ещё не наступило"
    ),
    "already_over": Text(
        "the window would be over before it was asked for",
        "вікно закінчилося б раніше, ніж про нього попросили",
        "окно закончилось бы раньше, чем о нём попросили",
    ),
    "party_left_out": Text(
        "a window binds every party, so every party must guarantee it",
        "вікно зобов'язує кожну сторону, тому гарантувати його має кожна",
        "окно обязывает каждую сторону, поэтому гарантировать его должна каждая",
    ),
    "drawn_only": Text(
        "this record comes about from its own acts and is not entered by hand",
        "цей запис виникає з власних дій і не вноситься вручну",
        "эта запись возникает из собственных действий и не вносится вручную",
    ),
    "desk_only": Text(
        "the centre's desk enters what binds or frees a party",
        "те, що зобов'язує або звільняє сторону, вносить центр",
        "то, что обязывает или освобождает сторону, вносит центр",
    ),
}
