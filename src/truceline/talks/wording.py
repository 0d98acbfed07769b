"""Every code of this room in words, in every working language."""

from truceline.values.texts import Text

BRACKET_STATES: dict[str, Text] = {
    "open": Text("open", "відкрито", "открыто"),
    "ad_referendum": Text(
        "agreed subject to a capital (ad referendum)",
        "погоджено за умови згоди столиці (ad referendum)",
        "согласовано при условии согласия столицы (ad referendum)",
    ),
    "agreed": Text("agreed", "погоджено", "согласовано"),
}

ARTICLE_STATES: dict[str, Text] = {
    "bracketed": Text("not agreed", "не погоджено", "не согласовано"),
    "agreed": Text(
        "agreed, not initialled by all",
        "погоджено, парафовано не всіма",
        "согласовано, парафировано не всеми",
    ),
    "initialled": Text("initialled by all", "парафовано всіма", "парафировано всеми"),
    "adopted": Text("adopted", "ухвалено", "принято"),
    "withdrawn": Text("withdrawn", "відкликано", "отозвано"),
}

TEXT_STATES: dict[str, Text] = {
    "open": Text("under negotiation", "на переговорах", "на переговорах"),
    "complete": Text(
        "every article initialled", "усі статті парафовано", "все статьи парафированы"
    ),
    "adopted": Text("adopted", "ухвалено", "принято"),
}

INSTRUMENT_STATES: dict[str, Text] = {
    "draft": Text("draft", "проєкт", "проект"),
    "ready": Text("ready for signature", "готово до підписання", "готово к подписанию"),
    "partly_signed": Text("signed by some", "підписано не всіма", "подписано не всеми"),
    "signed": Text(
        "signed by all, not in force",
        "підписано всіма, не набрало чинності",
        "подписано всеми, не вступило в силу",
    ),
    "partly_ratified": Text(
        "ratified in part, not in force",
        "ратифіковано частково, не набрало чинності",
        "ратифицировано частично, не вступило в силу",
    ),
    "in_force": Text("in force", "набрало чинності", "вступило в силу"),
    "ratification_failed": Text(
        "a body did not ratify", "орган не ратифікував", "орган не ратифицировал"
    ),
}

BASES: dict[str, Text] = {
    "claimed": Text("claimed", "заявлено", "заявлено"),
    "evidenced": Text("evidenced", "підтверджено документом", "подтверждено документом"),
}

STANCES: dict[str, Text] = {
    "accept": Text("accepts", "приймає", "принимает"),
    "reserve": Text("reserves", "має застереження", "делает оговорку"),
    "reject": Text("rejects", "відхиляє", "отклоняет"),
    "silent": Text("has not said", "не висловилася", "не высказалась"),
}

OUTCOMES: dict[str, Text] = {
    "agreed": Text("agreed", "узгоджено", "согласовано"),
    "agreed_in_principle": Text(
        "agreed in principle", "узгоджено в принципі", "согласовано в принципе"
    ),
    "discussed_no_agreement": Text(
        "discussed, not agreed", "обговорено, не узгоджено", "обсуждено, не согласовано"
    ),
    "explicitly_not_discussed": Text(
        "said not to have been discussed",
        "сказано, що не обговорювалося",
        "сказано, что не обсуждалось",
    ),
    "deferred": Text("put off", "відкладено", "отложено"),
    "claimed_by_one_side": Text(
        "agreed, as one side says",
        "узгоджено, за словами однієї сторони",
        "согласовано, по словам одной стороны",
    ),
}

UNDERSTANDING_STATES: dict[str, Text] = {
    "one_sided": Text(
        "told by some of those it is said to bind; there is no text",
        "про неї кажуть не всі, кого вона нібито зобов'язує; тексту немає",
        "о ней говорят не все, кого она якобы обязывает; текста нет",
    ),
    "told_by_all": Text(
        "told by all it is said to bind, each in its words; there is no text",
        "про неї кажуть усі, кого вона нібито зобов'язує, кожен своїми словами; тексту немає",
        "о ней говорят все, кого она якобы обязывает, каждый своими словами; текста нет",
    ),
    "denied": Text(
        "denied by one it is said to bind; there is no text",
        "її заперечує той, кого вона нібито зобов'язує; тексту немає",
        "её отрицает тот, кого она якобы обязывает; текста нет",
    ),
}

GAPS: dict[str, Text] = {
    "no_words": Text(
        "no words in this language", "немає слів цією мовою", "нет слов на этом языке"
    ),
    "other_brackets": Text(
        "other brackets than in the first language",
        "інші дужки, ніж у першій мові",
        "другие скобки, чем в первом языке",
    ),
    "no_such_bracket": Text(
        "a bracket in the words that nothing describes",
        "дужка в тексті, яку ніщо не описує",
        "скобка в тексте, которую ничто не описывает",
    ),
    "bracket_not_used": Text(
        "a bracket that does not stand in the words",
        "дужка, якої немає в тексті",
        "скобка, которой нет в тексте",
    ),
    "option_lacks": Text(
        "an option without words in this language",
        "варіант без слів цією мовою",
        "вариант без слов на этом языке",
    ),
}

REFUSALS: dict[str, Text] = {
    "adopted_already": Text(
        "it is adopted, and nothing in it changes any more",
        "це ухвалено і вже не змінюється",
        "это принято и больше не меняется",
    ),
    "already_initialled": Text(
        "this voice has initialled it already",
        "цей учасник уже парафував",
        "этот участник уже парафировал",
    ),
    "already_recorded": Text(
        "this step is on the record already", "цей крок уже записано", "этот шаг уже записан"
    ),
    "already_said": Text(
        "this voice has said just that before",
        "цей учасник уже сказав саме це",
        "этот участник уже сказал именно это",
    ),
    "before_its_turn": Text(
        "it is dated before a step that had to come first",
        "дата раніша за крок, який мав бути перед ним",
        "дата раньше шага, который должен был ему предшествовать",
    ),
    "borrowed_voice": Text(
        "only the centre's desk may pass on another's word",
        "передавати слова іншого може лише центр",
        "передавать слова другого может только центр",
    ),
    "bound_twice": Text(
        "two brackets would set one field of the agreement",
        "дві дужки задавали б одне поле угоди",
        "две скобки задавали бы одно поле соглашения",
    ),
    "bracket_agreed": Text(
        "the bracket is agreed; reopen it first",
        "дужку погоджено; спершу відкрийте її знову",
        "скобка согласована; сначала откройте её снова",
    ),
    "name_taken": Text("that name is in use", "цю назву вже зайнято", "это название уже занято"),
    "nested_bracket": Text(
        "an option may not hold a bracket itself",
        "варіант не може сам містити дужку",
        "вариант не может сам содержать скобку",
    ),
    "not_a_voice": Text(
        "its agreement is not among those the text needs",
        "його згода для тексту не потрібна",
        "его согласие для текста не требуется",
    ),
    "not_agreed": Text(
        "something in the article is still open",
        "у статті ще щось відкрито",
        "в статье ещё что-то открыто",
    ),
    "not_convenor": Text(
        "whoever put the text on the table declares it adopted",
        "про ухвалення оголошує той, хто вніс текст",
        "о принятии объявляет тот, кто внёс текст",
    ),
    "not_entitled": Text(
        "this act is for others to do", "ця дія належить іншим", "это действие принадлежит другим"
    ),
    "not_held": Text(
        "the content of this act is not held here",
        "вміст цієї дії тут не зберігається",
        "содержание этого действия здесь не хранится",
    ),
    "not_initialled": Text("it is not initialled", "це не парафовано", "это не парафировано"),
    "not_named": Text(
        "the instrument names no such signatory or body",
        "документ не називає такого підписанта чи органу",
        "документ не называет такого подписанта или органа",
    ),
    "not_yet": Text(
        "it is dated after the record had it",
        "дата пізніша, ніж запис про неї",
        "дата позже, чем запись о ней",
    ),
    "nothing_to_lift": Text(
        "this voice has no reserve here",
        "у цього учасника тут немає застереження",
        "у этого участника здесь нет оговорки",
    ),
    "nothing_to_reopen": Text(
        "this voice is behind no option here",
        "цей учасник тут нічого не підтримав",
        "этот участник здесь ничего не поддержал",
    ),
    "other_words": Text(
        "the hash is of other words than those on the table",
        "хеш не від того тексту, що на столі",
        "хеш не от того текста, что на столе",
    ),
    "out_of_order": Text(
        "a step that must come before it is missing",
        "бракує кроку, який має бути перед ним",
        "не хватает шага, который должен быть перед ним",
    ),
    "over_already": Text(
        "the instrument has come to its end",
        "документ уже дійшов кінця",
        "документ уже дошёл до конца",
    ),
    "package_open": Text(
        "nothing is agreed until everything is, and something is open",
        "нічого не погоджено, доки не погоджено все, а щось іще відкрито",
        "ничего не согласовано, пока не согласовано всё, а что-то ещё открыто",
    ),
    "party_left_out": Text(
        "a text needs the voice of every party",
        "для тексту потрібен голос кожної сторони",
        "для текста нужен голос каждой стороны",
    ),
    "stands_already": Text(
        "that the words go is an option already",
        "вилучення слів уже є варіантом",
        "исключение слов уже является вариантом",
    ),
    "unknown_article": Text(
        "there is no such article on the table",
        "на столі немає такої статті",
        "на столе нет такой статьи",
    ),
    "unknown_bracket": Text(
        "there is no such bracket in the article",
        "у статті немає такої дужки",
        "в статье нет такой скобки",
    ),
    "unknown_instrument": Text(
        "there is no instrument of that name",
        "немає документа з такою назвою",
        "нет документа с таким названием",
    ),
    "unknown_option": Text(
        "nobody has offered that option",
        "такого варіанта ніхто не пропонував",
        "такого варианта никто не предлагал",
    ),
    "unknown_text": Text(
        "there is no text of that name",
        "немає тексту з такою назвою",
        "нет текста с таким названием",
    ),
    "value_missing": Text(
        "a bound parameter needs the value its field is set to",
        "зв'язаному параметру потрібне значення його поля",
        "связанному параметру нужно значение его поля",
    ),
    "value_unbound": Text(
        "only a bound parameter carries a value",
        "значення має лише зв'язаний параметр",
        "значение имеет только связанный параметр",
    ),
}
