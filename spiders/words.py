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
UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}

AGO = ("ago", "vor", "il", "hace", "fa", "geleden", "há", "last")
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
}
