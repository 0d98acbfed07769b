"""What stands round an article and is not the article: lines by which pages are recognised.

Every pattern is matched against a whole line, case apart. Add a line to add a word.
"""

import re

_END = r"""
more stories|more on this( story| topic)?|related( (stories|articles|news|topics|posts|coverage|
content|reading))?:?|
read (more|also|next)( (on|about|from) .*)?:?|also read:?|see also:?|most (read|popular|viewed|
shared)|
(top|latest|other|more) (stories|news|headlines|articles)|more from .*|more news.*|trending( now|
 stories| topics)?|popular|recommended.*|
you (may|might) (also )?(like|be interested in).*|editor'?s? picks?|don'?t miss|up next|
search trends.*|
leave a (reply|comment).*|(\d+ )?comments?( \(\d+\))?|join the (conversation|discussion).*|
be part of the conversation|
post a comment|jump to comments.*|about the authors?|share (this|on|article|via).*|follow us.*|
tags?:?( .*)?|topics?:( .*)?|
article topic follows.*|filed under.*|categories:?.*|keywords:?.*|sponsored.*|
promoted.*|
get (the )?(latest|breaking|our|daily).*(inbox|newsletter|news|updates).*|straight to your inbox.*|
newsletters?|
newsletters?|what to read next|watch( more| next| now)?:?|in pictures|
the-[a-z]+-wire|™ ?& ?©.*|(copyright )?(©|\(c\)).*|.*all rights reserved.*|copyright .{0,60}|
your email address will not be published.*|previous (article|post).*|next (article|post).*|
читайте (також|также|ще|еще|більше|далі|далее).*|(ще|еще|більше|больше) (новин|новостей|по теме|
за темою).*|
(за темою|по теме|пов.язан\S* .*|похожие .*|схожі .*)|(останні|последние|головні|главные) (новини|
новости)|
(популярн|найпопулярн|самое читаем|рекоменду|підпи|подпи)\S*.{0,80}|коментар\S*.{0,30}|
комментар\S*.{0,30}|
(теги|тэги|мітки|метки|ключов\S+ слова|ключев\S+ слова|рубрик\S+)\b.*|поділи\S* .{0,40}|
поделит\S* .{0,40}|
(усі|всі|все) права (захищен|защищен)\S*.*|
"""
_CHROME = r"""
we and our \d+ partners.*|.*\b(store|accept|manage|access|use|uses) .{0,40}cookies\b.*|
перейти (до|к) .*|
(story|article) continues below.*|continue reading.*|\[[^\]]{5,140}\]|advertisement|реклама|
[^.]{2,40}( [»>›] [^.]{2,40})+|
.*\bby signing up\b.*|.*(delivered|straight|sent) to your inbox.*|.*\bunsubscribe\b.*|get the (day|
latest|morning|best).{0,60}|
the views expressed .*|this (article|story) (was|is|has been) (first |originally |
also )?(published|updated|corrected|republished).*|
(sign up|subscribe)\b.{0,120}|view \d+ more.*|hand curated|support our journalism.*|(key (points|
takeaways)|highlights):?|
підписуйтесь.*|подписывайтесь.*|підпишіться.*|подпишитесь.*|(читайте|дивіться|смотрите) (також|
также|ще|еще|ещё):? .*|
skip to .*|перейти (к|до) .{0,40}|we and our (\d+ )?partners.*|реклама:|рубрик\S+|
menu|home|search|log ?in|sign in|register|my account|cookies?( .*)?|i agree|accept( all|
 cookies)?|
got it|ok|close|share|tweet|email|print|save|copy link|link copied.*|listen( to .*)?|font size.*|
(text|font) (size|to speech).*|follow|like|comment|reply|share this article|\d+ (min|
minute)s? read|loading.*|
author profile photo|image:? ?|video:? ?|photo:? ?|this (website|site) uses.*|we use cookies.*|
.*\b(use of cookies|cookie (policy|settings|notice|preferences)|privacy (policy|statement|notice)|
terms (of|and) (use|service|conditions))\b.*|
.*please keep your comments.*|.*community guidelines.*|.*submit (it|your .*) here.*|
.*required fields are marked.*|
.*(enable|turn on) javascript.*|.*ad ?blocker.*|.*(click|tap) here to.*|.*download (our|the) app.*|
.*subscribe to (our|the).*|.*sign up (for|to) (our|the).*(newsletter|alerts?|briefing).*|
.*follow (us|the \w+) on (twitter|facebook|x|telegram|instagram|google).*|
.*providing a forum for civil.*|.*is committed to providing.*|support (us|
independent journalism).*|donate.*|
[|•·›»>\-–—*_=\s]*|(previous|next)|back to top|(en|uk|ua|ru|eng|укр|рус|english|українська|
русский)(\s*[|/]\s*\w+)*|
(меню|головна|главная|пошук|поиск|увійти|войти|поділитися|поделиться|надрукувати|печать|слухати|
слушать)|
.*(підпи\S+|подпи\S+) на (наш|нас|телеграм|telegram|канал|розсилку|рассылку).*|
.*використову\S+ (файли )?cookie.*|.*использу\S+ (файлы )?cookie.*|
.*(приєднуйтесь|присоединяйтесь) (до|к) .*|.*(натисніть|нажмите) ctrl.*|.*(виділіть|
выделите).*(текст|фрагмент).*|
(повідомити|сообщить) (про|об) (помилку|ошибк\S+).*|(завантаження|загрузка).*
"""
_AUX = r"""
[^a-zа-яіїєґ]{3,40}, \d{1,2} \w+\.? ?/.{2,40}/\.?|
.{3,80} (is|was) (a|an|the) .{0,60}\b(reporter|correspondent|journalist|editor|writer|producer|
columnist|contributor|bureau chief)\b.*|
[^“”"]*\([^()“”]{3,50}/[^()]{2,40}\)\.?|.{0,60}(contributed|reported) from .*|follow (him|her|
them) on .*|
by [A-Z][^.]{2,90}|(written|reported|edited) by .*|.{0,120}contributed (to|reporting).*|
(additional )?reporting by .*|
(last )?(updated|published|posted|modified)\b.{0,80}|.{0,40}\b\d+ (seconds?|minutes?|mins?|hours?|
days?|weeks?|months?) ago( \d+)?|
(понеділок|вівторок|середа|четвер|п.ятниця|субота|неділя|понедельник|вторник|среда|четверг|
пятница|суббота|воскресенье), ?\d{1,2} .{0,30}|.*\([^()]{0,20}\b(photo|фото)\)\.?|
.{0,140}\b(колаж|коллаж|фото): .{0,90}|
.*\b(credit\.\.\.|photograph: ).{0,80}|
.*\((photo|image|picture|file|ap|afp|reuters|getty|epa|credit|courtesy|фото)[^)]*\)\.?|
.*(getty images|/vcg|/afp|/reuters|/ap photo|/epa|/xinhua|ap photo|afp photo|
file photo)\)?\.?.{0,40}|
(photo|image|picture|photograph|credit|source|фото|джерело|источник)( credit)?s?: ?.{0,100}|(фото|
ілюстративне|иллюстративное)\b.{0,60}|
(автор|авторка|текст|редактор)\S*: ?.{0,60}|(оновлено|опубліковано|обновлено|
опубликовано)\b.{0,60}|
(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ?\w* ?\d{1,2}.{0,30}|\w{3,9}\.? \d{1,2},? \d{4}.{0,40}|
\d{1,2} \w{3,9}\.?,? \d{4}.{0,30}|
\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.{0,30}|\d{1,2}:\d{2}.{0,40}|\d{4}-\d{2}-\d{2}.{0,20}|(edt|est|gmt|
utc).{0,20}
"""


def _whole(patterns: str) -> re.Pattern[str]:
    return re.compile("(?:" + "".join(patterns.split("\n")).strip("|") + ")", re.IGNORECASE)


END = _whole(_END)
CHROME = _whole(_CHROME)
AUX = _whole(_AUX)
TEASER = re.compile(
    r"(?:read more|read also|also read|see also|watch|related|more|don'?t miss|"
    r"читайте (?:також|также|ещё|еще)|(?:дивіться|смотрите) (?:також|также))\s*[:–—-]\s*\S.*",
    re.IGNORECASE,
)
TEASER_ALONE = re.compile(
    r"(?:read (?:more|also)|also read|see also|related(?: story| article)?|"
    r"читайте (?:також|также))\s*:?",
    re.IGNORECASE,
)
AGO = re.compile(
    r"(?:\d+|an?) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?) ago", re.IGNORECASE
)
CAPTION = re.compile(
    r".*(?:editor'?s note|alternate crop|\(photo by|file photo|handout|pool photo|getty images|"
    r"\((?:L|R|C|left|right|center)\))",
    re.IGNORECASE,
)
BIO = re.compile(
    r"[A-Z][^.,“”\"]{3,60} (?:is|was) (?:a|an|the) [^.“”\"]{0,60}\b(?:reporter|correspondent|"
    r"journalist|editor|writer|producer|columnist|contributor|bureau chief)\b[^“”\"]*$"
)
