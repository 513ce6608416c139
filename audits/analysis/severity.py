"""How grave a complaint is (0–3), and flags that run across gaps: readable cue lists, nothing learnt.

3 safety, law, money lost, discrimination · 2 failed and not recovered, or says they leave · 1 annoyance · 0 no complaint.
A cue counts where one of its trigger words stands in the statement and its pattern matches; "not", "never" or "no" in the
three words before a recovery, a recommendation or a departure turns it round.
"""

from __future__ import annotations

import re
from typing import NamedTuple

COMPLAINT = 0.5
GRAVE_GAPS = frozenset({"safety", "security"})

_WORD = re.compile(r"[a-z]+")
_NOT = r"(?<!not )(?<!never )(?<!n't )(?<!n’t )(?<!nt )(?<!no )(?<!cannot )(?<!without )"


class Cue(NamedTuple):
    """A flag, the words of which one must stand in the statement, and the pattern that then decides."""

    flag: str
    triggers: frozenset[str]
    pattern: re.Pattern[str]


def _cue(flag: str, triggers: str, pattern: str) -> Cue:
    return Cue(flag, frozenset(triggers.split()), re.compile(pattern))


CUES: tuple[Cue, ...] = (
    _cue(
        "grave",
        "injured injury injuries ambulance hospital hospitalised hospitalized bleeding burned burnt burns choking died dying poisoning "
        "unconscious concussion fracture fractured unsafe dangerous hazard fire gas carbon electrocuted allergic anaphylactic threatened "
        "assaulted",
        r"\b(?:injur(?:ed|y|ies)|ambulance|ended up in (?:the )?hospital|rushed to|hospitali[sz]ed|bleeding|choking|(?:has|have|had|almost|"
        r"nearly|dog|cat|he|she|father|mother) died|food poisoning|unconscious|concussion|fractured?|" + _NOT + r"unsafe|" + _NOT + r"dangerous|"
        r"hazard|caught fire|carbon monoxide|gas leak|electrocuted|allergic reaction|anaphyla|threatened (?:me|us|my|him|her)|assaulted)",
    ),
    _cue(
        "grave",
        "lawyer solicitor attorney lawsuit sue suing court ombudsman police illegal unlawful fraud fraudulent scam trading bbb fca cfpb "
        "regulator negligence negligent tribunal",
        r"\b(?:lawyers?|solicitors?|attorney|lawsuit|sue|suing|small claims|(?:to|in|taken to) court|ombudsman|police|illegal(?:ly)?|"
        r"unlawful(?:ly)?|fraud(?:ulent)?|trading standards|better business bureau|bbb|fca|cfpb|regulator|negligen(?:ce|t)|tribunal)\b",
    ),
    _cue(
        "grave",
        "stole stolen thousands savings pocket lost emptied debt bankrupt wiped swindled robbed conned thieves",
        r"\b(?:stole (?:my|our|from)|stolen from (?:me|us|my)|lost (?:over |about |nearly )?[£$€]\d+|(?:lost|stole|took) (?:all )?(?:my|our) "
        r"(?:money|savings|deposit)|thousands (?:of (?:pounds|dollars|euros)|out of pocket)|out of pocket|emptied (?:my|our)|bankrupt|"
        r"wiped out|swindled|robbed|conned|thieves)",
    ),
    _cue(
        "grave",
        "newspaper press bbc journalist media watchdog",
        r"\b(?:newspapers?|the press|bbc|journalist|(?:to|the) media|watchdog)\b",
    ),
    _cue(
        "discrimination",
        "racist racism racially discrimination discriminated discriminating discriminatory sexist homophobic transphobic prejudice "
        "ageist skin ethnicity accent hijab profiled profiling islamophobic antisemitic",
        r"\b(?:racis[tm]|racial(?:ly)?|discriminat\w+|sexist|homophobic|transphobic|prejudiced?|ageist|(?:colou?r of|my|our) skin|ethnicity|"
        r"because of (?:my|our|her|his|their) (?:accent|race|age|religion|colou?r)|my accent|hijab|profil(?:ed|ing)|islamophobic|antisemitic)",
    ),
    _cue(
        "accessibility",
        "wheelchair disabled disability disabilities ramp deaf blind autistic autism accessible accessibility mobility crutches "
        "hearing walker elderly step",
        r"\b(?:wheelchairs?|disabled|disabilit(?:y|ies)|ramp|deaf|(?:am|is|registered|partially) blind|blind (?:person|customer|man|woman)|"
        r"autis(?:tic|m)|(?:in)?accessib(?:le|ility)|mobility (?:scooter|aid|issues|problems)|crutches|hearing (?:loop|aid)|step[- ]free)\b",
    ),
    _cue(
        "repeat-contact",
        "times again third fourth fifth chased chasing repeatedly numerous several multiple emails calls countless rang call called",
        r"\b(?:(?:\d+|two|three|four|five|six|seven|eight|ten|several|many|multiple|numerous|countless|dozens? of) (?:\w+ )?(?:times|calls|"
        r"e-?mails|visits|messages|attempts|phone calls)|(?:third|fourth|fifth|umpteenth) (?:time|call|visit|attempt)|chas(?:ed|ing)|"
        r"repeatedly|had to (?:call|ring|phone|email|go) (?:back|again)|(?:called|rang|phoned|emailed|written|contacted) (?:\w+ ){0,3}again|"
        r"again and again|call after call)\b",
    ),
    _cue(
        "recovery",
        "fixed resolved sorted replaced refunded apologised apologized apology upgraded compensated rectified corrected solved made put",
        _NOT + r"\b(?:(?:was|were|been|quickly|immediately|promptly|soon|straight away|eventually|finally|they|manager|got it|it) (?:all )?"
        r"(?:fixed|resolved|sorted|rectified|corrected|solved)|(?:they|he|she|manager|staff|team) (?:\w+ )?(?:replaced|refunded|apologi[sz]ed|"
        r"upgraded us|compensated|made it right)|put (?:it|things|everything) right|made (?:it|things) right|sorted (?:it|everything) out)\b",
    ),
    _cue(
        "leaving",
        "never leaving left switched switching cancelling canceling cancelled canceled moving elsewhere last return returning back again "
        "closing closed goodbye lost",
        r"\b(?:never (?:again|(?:going|coming|to go|to come|go|come|be|be going|be coming) back|return(?:ing)?|(?:use|using|book|booking|buy|"
        r"buying|shop|shopping|stay|staying|fly|flying|order|ordering|eat|eating) \w*(?: \w+){0,4})|(?:won't|won’t|wont|will not|not|wouldn't) "
        r"(?:be )?(?:go(?:ing)? back|com(?:e|ing) back|return(?:ing)?|us(?:e|ing) (?:them|it|this|you)(?: \w+)? again|renew(?:ing)?|"
        r"book(?:ing)? again|stay(?:ing)? (?:here|there) again)|(?:am|i'm|i’m|we are|we're|are|have|ve|i|we) (?:now )?(?:leaving|switch(?:ing|ed)|"
        r"moving (?:to|my)|cancell?(?:ing|ed) (?:my|our|the) (?:policy|account|subscription|membership|contract|plan|order|card)|clos(?:ing|ed) "
        r"(?:my|our) account)|tak(?:e|ing|en) (?:my|our) (?:business|money|custom) elsewhere|(?:go(?:ing)?|gone|look(?:ing)?) elsewhere|"
        r"last (?:time|visit|stay|order|booking)(?: (?:i|we|ever)| here| for)|lost (?:a|my|our|me as a|us as) (?:customer|custom|business|loyal))",
    ),
    _cue(
        "warning",
        "avoid beware warning stay away steer clear warn warned anywhere run",
        r"\b(?:(?<!to )avoid(?: (?:at all|this|them|like|it|these|the)|[.!,]|$)|beware|be warned|warning\b|stay (?:well )?away|steer clear|"
        r"(?:don't|don’t|dont|do not|never) (?:use|buy|book|go|waste|bother|trust|touch|order|stay|shop|eat|fly|come|give)\b|would warn|"
        r"run (?:away|a mile)|go anywhere else)",
    ),
    _cue(
        "warning",
        "recommend recommended recommending",
        r"(?:\bnot|n't|n’t|nt|never|cannot|hard to|no longer) (?:\w+ ){0,2}recommend",
    ),
    _cue(
        "recommends",
        "recommend recommended recommending",
        r"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!dont )(?<!wouldnt )(?<!cannot )(?<!to )\b(?:(?:highly|would|will|definitely|strongly|"
        r"thoroughly|can|i|we|fully|totally|really|certainly|always) )+recommend(?:ed|ing)?\b(?! (?:you )?(?:avoid|against|staying away|looking))",
    ),
    _cue("channel:phone", "phone phoned call called calls calling rang ring hold hotline telephone line", (
        r"\b(?:(?:tele)?phone(?:d|s)?|call(?:ed|s|ing)? (?:them|back|the|up|centre|center|and|customer|me|us|to|\d)|phone calls?|rang|ring(?:ing)? "
        r"(?:them|up|the|back)|on hold|hotline|helpline|the line)\b")),
    _cue("channel:email", "email emails emailed emailing mail mailed", r"\be-?mail(?:ed|s|ing)?\b|\bmailed (?:them|me|us)\b"),
    _cue("channel:chat", "chat chatbot bot", r"\b(?:(?:live |web |online )?chat(?:bot|ted)?|bot)\b"),
    _cue("channel:app", "app apps", r"\bapps?\b"),
    _cue("channel:website", "website site web online webpage portal", r"\b(?:web ?site|web ?page|web|online|portal|the site|their site)\b"),
    _cue("channel:in-person", "branch counter desk reception receptionist shop store", (
        r"\b(?:(?:in|at|to|the|their|my|our|local) branch|counter|(?:front|help|service|reception) desk|reception(?:ist)?|in (?:the )?"
        r"(?:shop|store)|in-store|in person)\b")),
)
_BY_TRIGGER: dict[str, tuple[int, ...]] = {}
for _number, _each in enumerate(CUES):
    for _trigger in _each.triggers:
        _BY_TRIGGER[_trigger] = (*_BY_TRIGGER.get(_trigger, ()), _number)
_TRIGGERS = frozenset(_BY_TRIGGER)


def flags(statement: str) -> tuple[str, ...]:
    """What a statement says beside its gap, in the order of the cue lists."""
    lower = statement.lower()
    words = _TRIGGERS.intersection(_WORD.findall(lower))
    if not words:
        return ()
    numbers = sorted({number for word in words for number in _BY_TRIGGER[word]})
    return tuple(dict.fromkeys(CUES[number].flag for number in numbers if CUES[number].pattern.search(lower)))


def severity(complaint: float, gaps: tuple[str, ...], found: tuple[str, ...]) -> int:
    """0–3 for one statement, from its complaint probability, its gaps and its flags."""
    if complaint < COMPLAINT:
        return 0
    if "grave" in found or "discrimination" in found or GRAVE_GAPS.intersection(gaps):
        return 2 if "recovery" in found else 3
    if "recovery" in found:
        return 1
    return 2 if "leaving" in found or "warning" in found or "repeat-contact" in found else 1
