"""The words that rating sites date their reviews with, by language; data for `spiders.dates`."""

from __future__ import annotations

_MONTH_WORDS = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro",
    2: "february feb februar février févr fév febrero febbraio feb februari fevereiro fev",
    3: "march mar märz mrz mars marzo maart mrt março",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag mei maio",
    6: "june jun juni juin junio giugno giu junho",
    7: "july jul juli juillet juil julio luglio lug julho",
    8: "august aug août aout agosto ago augustus",
    9: "september sep sept septembre septiembre settembre set setembro",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
}
_MORE_MONTH_WORDS = {
    1: "января январь stycznia styczeń ocak ledna leden",
    2: "февраля февраль lutego luty şubat února únor",
    3: "марта март marca marzec mart března březen",
    4: "апреля апрель kwietnia kwiecień nisan dubna duben",
    5: "мая май maja maj mayıs května květen",
    6: "июня июнь czerwca czerwiec haziran června červen",
    7: "июля июль lipca lipiec temmuz července červenec",
    8: "августа август sierpnia sierpień ağustos augusti srpna srpen",
    9: "сентября сентябрь września wrzesień eylül září",
    10: "октября октябрь października październik ekim října říjen",
    11: "ноября ноябрь listopada listopad kasım",
    12: "декабря декабрь grudnia grudzień aralık prosince prosinec",
}
MONTHS = {word: month for month, words in (*_MONTH_WORDS.items(), *_MORE_MONTH_WORDS.items()) for word in words.split()}

_UNIT_WORDS = {
    "second": "second seconds sekunde sekunden seconde secondes segundo segundos secondo secondi",
    "minute": "minute minutes min mins minuten minuto minutos minuti minuut",
    "hour": "hour hours hr hrs stunde stunden heure heures hora horas ora ore uur",
    "day": "day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen",
    "week": "week weeks woche wochen semaine semaines semana semanas settimana settimane weken",
    "month": "month months monat monate monaten mois mes meses mese mesi maand maanden mês",
    "year": "year years jahr jahre jahren an ans année années año años anno anni jaar ano anos",
}
_MORE_UNIT_WORDS = {
    "second": "sekund sekundy sekundę sekunder",
    "minute": "minut minuty minutę minuter minutter",
    "hour": "godzin godziny godzinę timme timmar timer",
    "day": "dzień dni dagar dage",
    "week": "tydzień tygodnie tygodni vecka veckor uge uger uke uker wk wks",
    "month": "miesiąc miesiące miesięcy månad månader måned måneder mo mos",
    "year": "rok lata lat år yr yrs",
}
_FURTHER_UNIT_WORDS = {
    "second": "секунду секунды секунд секунди saniye sekundou sekundami sekuntia sekuntti secundă secunde "
    "másodperce másodperccel δευτερόλεπτα δευτερόλεπτο ثانية ثوان ثواني שנייה שניות giây detik",
    "minute": "минуту минуты минут хвилину хвилини хвилин dakika minutou minutami minuuttia minuutti "
    "minut minute perce perccel λεπτά λεπτό دقيقة دقائق דקה דקות phút menit",
    "hour": "час часа часов годину години годин saat hodinou hodinami hodinu tunti tuntia oră ore órája órával "
    "ώρα ώρες ساعة ساعات שעה שעות giờ jam",
    "day": "день дня дней дні днів gün dnem dny dní päivä päivää zi zile napja nappal "
    "ημέρα ημέρες μέρα μέρες يوم أيام יום ימים ngày hari",
    "week": "неделю недели недель тиждень тижні тижнів hafta týdnem týdny viikko viikkoa săptămână săptămâni "
    "hete héttel εβδομάδα εβδομάδες أسبوع أسابيع שבוע שבועות tuần minggu",
    "month": "месяц месяца месяцев місяць місяці місяців ay měsícem měsíci kuukausi kuukautta lună luni "
    "hónapja hónappal μήνα μήνας μήνες شهر أشهر شهور חודש חודשים tháng bulan",
    "year": "год года лет рік роки років yıl sene rokem lety roky vuosi vuotta ani éve évvel "
    "χρόνο χρόνος χρόνια έτος έτη سنة سنوات عام أعوام שנה שנים năm tahun",
}
_WORDS_OF_UNITS = (_UNIT_WORDS, _MORE_UNIT_WORDS, _FURTHER_UNIT_WORDS)
UNITS = {word.casefold(): unit for held in _WORDS_OF_UNITS for unit, words in held.items() for word in words.split()}
COUNTED_UNITS = {
    "أسبوعين": (2, "week"), "شهرين": (2, "month"), "سنتين": (2, "year"), "عامين": (2, "year"), "يومين": (2, "day"),
    "ساعتين": (2, "hour"), "שבועיים": (2, "week"), "חודשיים": (2, "month"), "שנתיים": (2, "year"),
    "יומיים": (2, "day"), "שעתיים": (2, "hour"), "seminggu": (1, "week"), "sebulan": (1, "month"),
    "setahun": (1, "year"), "sehari": (1, "day"), "sejam": (1, "hour"), "semenit": (1, "minute"),
}  # fmt: skip
"""Words that hold their number: the duals of Arabic and Hebrew, the ones of Indonesian."""
_NUMBER_WORDS = {
    2: "two zwei deux dos due twee dois duas dwa dwie två to dva dvě kaksi două iki két два две дві δύο hai dua",
    3: "three drei trois tres tre drie três trzy tři kolme trei üç három три τρεις τρία ba tiga",
    4: "four vier quatre cuatro quattro quatro cztery fyra fire čtyři neljä patru dört négy четыре чотири",
    5: "five fünf cinq cinco cinque vijf pięć fem pět viisi cinci beş öt пять п'ять",
    6: "six sechs seis sei zes sześć sex seks šest kuusi șase altı hat шесть шість",
    7: "seven sieben sept siete sette zeven sete siedem sju syv sedm seitsemän șapte yedi hét семь сім",
    8: "eight acht huit ocho otto oito osiem åtta otte åtte osm kahdeksan opt sekiz nyolc восемь вісім",
    9: "nine neun neuf nueve nove negen dziewięć nio ni devět yhdeksän nouă dokuz kilenc девять дев'ять",
    10: "ten zehn dix diez dieci tien dez dziesięć tio ti deset kymmenen zece on tíz десять",
}
NUMBERS = {word: number for number, words in _NUMBER_WORDS.items() for word in words.split()}
_SOME = (
    "few couple several some of einigen paar quelques plusieurs unos unas algunos algunas varios alcuni alcune "
    "enkele alguns algumas kilka några noen nogle několik muutama câteva birkaç néhány несколько кілька"
)
SOME = frozenset(_SOME.split())
"""Words that say that it was more than one, and not how many."""
SHORT_UNITS = {"h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
"""Written against their number: "3w ago"."""
UNITS_EAST_ASIAN = {
    "秒": "second", "分": "minute", "分钟": "minute", "時間": "hour", "小时": "hour", "日": "day",
    "天": "day", "週間": "week", "週": "week", "周": "week", "か月": "month", "ヶ月": "month",
    "カ月": "month", "ヵ月": "month", "个月": "month", "個月": "month", "小時": "hour", "分鐘": "minute",
    "วินาที": "second", "นาที": "minute", "ชั่วโมง": "hour", "วัน": "day", "สัปดาห์": "week", "เดือน": "month", "ปี": "year",
    "年": "year", "초": "second", "분": "minute", "시간": "hour", "일": "day", "주": "week", "개월": "month",
    "년": "year",
}  # fmt: skip
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Japanese eras by the year before their first."""

AGO_BESIDE = (
    "temu", "назад", "тому", "önce", "před", "sitten", "acum", "ezelőtt", "hete", "hónapja", "éve", "napja", "órája",
    "perce", "πριν", "قبل", "منذ", "לפני", "trước", "lalu",
)  # fmt: skip
"""Words for "ago" beside which a unit may stand without its number: "rok temu", a year ago. (Hungarian: one each.)"""
AGO = ("ago", "vor", "il", "hace", "fa", "geleden", "há", "atrás", "sedan", "siden", "last", "urmă", *AGO_BESIDE)
"""A relative date carries one of these: "2 days" alone is a length of stay."""

BARE = {
    "just now": 0,
    "now": 0,
    "today": 0,
    "yesterday": 1,
    "gerade eben": 0,
    "heute": 0,
    "gestern": 1,
    "aujourd'hui": 0,
    "hier": 1,
    "hoy": 0,
    "ayer": 1,
    "oggi": 0,
    "ieri": 1,
    "vandaag": 0,
    "gisteren": 1,
    "hoje": 0,
    "ontem": 1,
    "dzisiaj": 0,
    "dziś": 0,
    "wczoraj": 1,
    "idag": 0,
    "i dag": 0,
    "igår": 1,
    "i går": 1,
    "今日": 0,
    "昨日": 1,
}
_MORE_BARE = {
    0: "только что|сегодня|щойно|сьогодні|az önce|şimdi|bugün|právě teď|dnes|juuri nyt|tänään|chiar acum|azi|astăzi|"
    "μόλις τώρα|σήμερα|الآن|اليوم|עכשיו|היום|เมื่อสักครู่|วันนี้|vừa xong|hôm nay|baru saja|hari ini",
    1: "вчера|вчора|dün|včera|eilen|tegnap|χθες|أمس|אתמול|เมื่อวาน|เมื่อวานนี้|hôm qua|kemarin",
}
BARE |= {word.casefold(): days for days, words in _MORE_BARE.items() for word in words.split("|")}
