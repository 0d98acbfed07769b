"""Given names. Lines group spellings of one name: names in one line may be one person's.

A line never decides that two people are one; it only lets equal surnames be compared.
"""

from truceline.talks.reading.words import words

_VARIANTS = """
abbas; abdallah abdullah abdulla; abdelaziz abdulaziz; abdelfattah abdel; abdulrahman
abdelrahman; abiy; adam; adel; adriana; agnes; ahmad ahmed ahmet; aisha; alain; alan allan
allen; albert; ale; aleksandr alexander oleksandr alexandr aliaksandr олександр александр;
alexandra; alexus; alexei alexey aleksei aleksey oleksii oleksiy алексей олексій; alfonso; ali
alí; alice; alina; allison; alvaro álvaro; amal; amanda; amina; amir; amos; amy; ana anna anne
ann анна ганна; anastasia; anatoly anatoliy anatolii анатолий анатолій; anders; andre andré;
andreas; andrea; andres andrés; andrew; andrii andriy andrei andrey andrej андрій андрей;
angela; angelina; annalena; ant; anthony tony antony antonio энтони ентоні; antonio; antonio
antónio; anwar; arkady аркадий; arseniy arsen арсен арсений; artem artyom артем артём; arturo;
aryeh; asif; astrid; avi; avigdor; avril; ayman; aziz; barack; barbara; bashar башар; bassem
basem; ben; benjamin бенжамин; benny; bernard bernardo; bezalel; bill william уильям; bob robert
роберт; bola; boris борис; brad; brett; brian bryan; bruno; carl karl; carlos; carol; caroline;
catherine katherine cathy; cecilia; cesar; charles чарльз; chaim; chloe; chris christopher крис;
christian; christine christina кристина; chuck; claire; claudia; colin; condoleezza; craig;
cyril; dan daniel данило даниил деніел; daniela; danny; daria darya дарья дар'я; dave david
davyd дэвид давид девід; dean; deborah; denis denys денис; derek; diana; didier; diego; dina;
diosdado; dmitry dmitri dmytro dmitriy дмитрий дмитро; don donald дональд; donna; doug; dylan;
ebrahim ibrahim; ed edward; eduard; edgar; ehud; eileen; elena olena елена олена; eli; elias;
elise; elizabeth; elon; emily; emine; emma; emmanuel эммануэль еммануель; emomali; eric erik;
ernesto; esmail ismail; eva; evgeny yevhen yevgeny evgeniy yevgeniy евгений євген; ezzat; faisal
faysal; faiz; farhan; farouk; fatima; faustin; federico; felipe; felix; fernando; fiona; firas;
fouad fuad; francesca; francis; franco; francois françois; frank; franklin; frederic; friedrich
фридрих; gadi; galina; gary; gebran; geir; geoff; george джордж; gerald; geraldine; gerard;
german germán; ghassan; giorgia джорджа; giulio; gideon; gina; gitanas; gleb; gloria; gordon;
graham; greg gregory; grigory hryhoriy григорий; guillermo; gustavo; guterres; hadi; haider;
hakan хакан; hamad; hamdan; hamid; hani; hans; haris; harold; harry; hasan hassan; hashim;
hector; heidi; heiko; helen; helga; henry; henrique; hillary; hillel; hossein hussein hussain
husain; howard; hugo; hulusi; hun; ian; igor ihor игорь ігор; ilham; ilya illia илья ілля; imad;
imran; ingrid; inna; irene; irina iryna ирина ірина; isaac; isabel; isaias; ishaq; ismael;
itamar; ivan иван іван; ivana; iván; ivo; jack; jacob jakob; jacqueline; jake джейк; jalal;
jamal; james джеймс; jamie; jan; jane; janet; jared джаред; jason; javad; javier; jawad; jay;
jd; jean; jean-noel jean-noël; jean-pierre; jean-yves; jeff jeffrey; jens йенс; jennifer jen;
jeremy; jerome; jesus; jessica; jill; jim; joan; joao; joaquin; joe joseph джо; joel; johan;
john jon джон; johannes; jonathan; jorge; jose josé; josep жозеп; josh joshua джош; joyce; juan;
judith; julia yulia yuliia юлия юлія; julian; julie; julius; justin; kaja кая кайя; kamal;
kamala; karen; karim; karin; karoline каролайн; kate; katerina kateryna ekaterina екатерина
катерина; kathleen; katie; keir кир кір; keith кит кіт; kelly; ken kenneth; kerry; kevin; khaled
khalid; khalifa; khalil; khamis; kirill kyrylo кирилл кирило; kit; kosta; konstantin kostiantyn
константин костянтин; kristen; kurt; kyle; laila leila; lana; lars; larry; laura; lauren;
laurent; lavi; leo; leon; leonid леонид леонід; leopoldo; lesley leslie; lev; liam; lina; linda;
lindsey; lisa; liz; lloyd; lola; lorenzo; louis luis; louise; lubna; lucas lukas; lucy; luigi;
luis; luiz; luka; lyudmila людмила; maggie; magdy; mahathir; mahmoud mahmud махмуд; majed majid;
maksym maxim maksim максим; malcolm; malik; manuel; marc mark марк; marcelo; marco; marcos;
margaret; margus; maria mariia marija марія мария; marie; marina марина; mario; marise; mariya;
marta martha; martin; marwan; mary; masoud massoud; matt matthew; mateusz; maurice; maya; megan;
mehmet; melissa; mette; mevlut; mia; michael mike mick майкл майк; michel michele; michelle;
miguel; mikhail mykhailo mykhaylo михаил михайло; mila; milos; mira; mircea; mitchell; mohamed
mohammed muhammad mohammad muhammed mohamad мохаммед мухаммед; moises; monica; morgan; mostafa
mustafa; moussa musa; mukhtar; murad; musab; mustapha; mykola nikolai nikolay микола николай;
nabil; nadia nadiya; naftali; naim; nancy; naomi; narendra; nasr; nasser; natalia nataliia
natalya наталія наталья; nathan; ned; nelson; nicholas nick nicolas; nicola; nicole; niels;
nikol никол; nina; noa; noam; noel; nora; norman; nouri; oksana оксана; oleg oleh олег; olaf
олаф; olga olha ольга; oliver; olivia; omar; orna; oscar óscar; osama ossama; osman; otoniel;
otto; ousmane; pablo; paetongtarn; pascal; patricia; patrick; paul pavlo pavel павло павел пол;
paula; pedro; penny; pete peter petro pyotr piotr петр пётр петро питер пітер; petr; phil philip
phillip philippe; pierre; prabowo; priya; qais; qasim; rachel; radek radoslaw радослав; rafael
raphael; rafael rafał; rahm; rami; ramon; ramtane; ramzan; rania; raul; ravi; ray raymond;
rebecca; recep реджеп; reem; reinhard; rex; riad riyad; ricardo; richard rick ричард; rishi;
rob; roberta; roberto; rodrigo; roger; roland; roman роман; ron ronald; ronen; ronny; rosa;
rosemary; ross; rostyslav rostislav; ruslan руслан; russell; rustem рустем; ruth; ryan; saad;
sabrina; said saeed; salah; salam; saleh; salem salim; sally; salva; sam samuel; samantha;
sameh; sami; samir; sandra; sanna; sara sarah; sasha; scott; sean shaun; sebastian; serge;
sergei sergey sergiy serhii serhiy сергей сергій; sergio; seth; shane; sharif; sharon; shehbaz;
sheila; shigeru; shimon; shlomo; silvia; simon; sofia; sophia sophie; stanislav станислав
станіслав; stefan; stella; stephane stéphane; stephanie; steve steven stephen stiv стив
стів стивен стівен;
stuart; suleiman sulaiman; susan; sven; svetlana светлана світлана; sviatlana; sylvia; tal;
tamim; tamir; taras тарас; tariq tarek; tarja; tatyana tetiana татьяна тетяна; ted; teresa;
terry; tedros; thabo; theresa; thomas tom томас; tibor; tim timothy; timur тимур; tina; tobias;
todd; tor; tomas; tulsi; tzipi; ursula урсула; uhuru; vadim vadym вадим; valeriia valeria;
valery valerii валерий валерій; vasily vasyl василий василь; vera; verónica veronica; victor
viktor viktor виктор віктор; victoria viktoria; viktoriia; vincent; virginia; vitali vitaly
vitalii виталий віталій; vivian; vlad владислав vladislav vladyslav; vladimir volodymyr владимир
володимир; vyacheslav viacheslav вячеслав; wafa; walid; wang; wayne; wendy; wesley; willem;
winnie; wolfgang; xavier; yaakov; yael; yahya; yair; yana яна; yaroslav jaroslav ярослав; yaser
yasser; yasir; yitzhak isaac; yoav; yossi; younis yunis; yuri yury yuriy yurii юрий юрій; yusuf
youssef yousef; yvette; zaher; zahra; zaid; zainab; zbigniew; zeid; zhanna; ziad; zineb; zoe;
hakan; antti; alar; ruben; ararat; nikol; zohrab; jeyhun; hikmet; elmar; araik; bakhtiyar;
kassym-jomart касым-жомарт; shavkat; sadyr; emomali; serdar; gurbanguly; irakli; salome;
bidzina; andrzej; karol; lech; jarosław; petteri; ulf; jonas; frederik; edgars; evika; ingrida;
kęstutis; robert; viktor; peter; zuzana; klaus; nicușor; maia; dorin; aleksandar; ana; ivica;
milorad; zoran; edi; albin; mokhtar; hemedti; malik; yassir; minni; gibril; riek; thomas; pagan;
festus; workneh; olusegun; jeffrey; smail; ramtan; staffan; geir; pedersen; hans; martin; moïse;
felix; bertrand; corneille; christophe; thérèse; delcy; juanita; iván; humberto; timoleón;
antonio; rodrigo; nicolás; gustavo; álvaro; vera; otty; danilo; camilo; pastor; eliécer;
aureliano; dag; rita; tove; borge; jonas; espen;
"""

GIVEN: dict[str, int] = {}
for _number, _line in enumerate(_VARIANTS.replace("\n", " ").split(";")):
    for _name in _line.split():
        GIVEN.setdefault(_name, _number)

# The family name comes first: Korean, Chinese, Vietnamese, Khmer.
FAMILY_FIRST = frozenset(
    words("""
    kim lee park moon choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song
    ryu hong yang bae nam ri pak jo xi wang li zhang liu chen zhao huang zhou wu xu sun hu zhu
    lin he guo ma luo liang dong nguyen tran pham hoang hun ban ko yun paik noh roh
""")
)
PARTICLES = frozenset(
    words("""
    al el bin ibn bint ben de del della di da dos das du van von der den ter la le abu ould y e
    аль ель эль ибн ібн бин бін бен фон
""")
)
