"""What the checks read in a text: numbers by value, dates, times, limits, negations, addresses."""

from __future__ import annotations

import pytest

from polyleaf.checks.runner import find_unknown_languages
from polyleaf.facts import extract_facts, medicines, risky
from polyleaf.facts.lexicon import load_lexicon

LANGUAGES = ("nl", "en", "de", "fr", "es", "pl", "tr", "ar", "uk", "fa", "ro", "zh_Hans", "so")


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("nl", "1.500 mg", ["1500 mg"]),
        ("nl", "1,5 mg", ["1.5 mg"]),
        ("en", "1,500.25 mg", ["1500.25 mg"]),
        ("en", ".5 mg", ["0.5 mg"]),
        ("fr", "9\u202f999,50 g", ["9999.5 g"]),
        ("nl", "12.500.000 mensen", ["12500000"]),
        ("nl", "2 miljoen mensen", ["2000000"]),
        ("nl", "tweehonderd mg", ["200 mg"]),
        ("nl", "vijfentwintig dagen", ["25 day"]),
        ("en", "twenty-five days", ["25 day"]),
        ("nl", "1½ tablet", ["1.5 tablet"]),
        ("nl", "1/2 tablet en 2/3", ["0.5 tablet", "2/3"]),
        ("nl", "anderhalve tablet", ["1.5 tablet"]),
        ("en", "two and a half tablets", ["2.5 tablet"]),
        ("en", "half an hour", ["0.5 hour"]),
        ("en", "1/2-1 tablet, 1/2/2027", ["0.5 tablet", "1 tablet"]),
        ("nl", "een half uur", ["0.5 hour"]),
        ("nl", "2 tot 4 uur", ["2 hour", "4 hour"]),
        ("nl", "5-10%", ["5 percent", "10 percent"]),
        ("tr", "%10", ["10 percent"]),
        ("ar", "٥ مل و١٫٥ غ", ["5 ml", "1.5 g"]),
        ("ar", "ساعتين", ["2 hour"]),
        ("fa", "بیست و پنج قرص", ["25 tablet"]),
        ("fa", "یک ساعت و نیم", ["90 minute"]),
        ("fa", "۲٫۵ میلی‌لیتر", ["2.5 ml"]),
        ("fa", "۲ عدد قرص", ["2 tablet"]),
        ("ro", "douăzeci şi cinci de picături", ["25 drop"]),
        ("ro", "un comprimat și jumătate", ["1.5 tablet"]),
        ("zh_Hans", "每次一百二十毫克", ["120 mg"]),
        ("zh_Hans", "两个半小时", ["2.5 hour"]),
        ("zh_Hans", "十分重要，第5周", ["5 week"]),
        ("zh_Hans", "服用500mg药", ["500 mg"]),
        ("so", "shan iyo labaatan kiniin 8-dii saacadoodba mar", ["25 tablet", "8 hour"]),
        ("so", "3 mar maalintii", ["3 times"]),
        ("ro", "o jumătate de comprimat din 8 în 8 ore", ["0.5 tablet", "8 hour"]),
        ("nl", "de 2e dag", ["2 day"]),
        ("de", "ab der 22. Woche", ["22 week"]),
        ("pl", "od 22. tygodnia ciąży", ["22 week"]),
        ("tr", "22. haftadan itibaren", ["22 week"]),
        ("uk", "з 22-го тижня", ["22 week"]),
        ("ar", "من الأسبوع 22", ["22 week"]),
        ("en", "weeks 22-24, day 1, 2 and 3", ["22 week", "24 week", "1 day", "2 day", "3 day"]),
        ("en", "3 times a day 2", ["3 times", "2"]),
        ("fr", "les 6 premières semaines", ["6 week"]),
        ("ar", "خلال الأسابيع الستة", ["6 week"]),
        ("en", "an hour or two", ["2 hour"]),
        ("en", "two days (48 hours), 2 (two) tablets", ["2 day", "2 tablet"]),
        ("en", "between two doses, between two and four hours", ["2", "2 hour", "4 hour"]),
        ("nl", "3 dd 1 tablet", ["3 times", "1 tablet"]),
        ("nl", "10 werkdagen, 8 EH", ["10 day", "8 iu"]),
        ("nl", "10^6^ bacteriën", ["1000000"]),
        ("nl", "honderdvijfentwintig mg", ["125 mg"]),
        ("nl", "vijftienhonderd mg", ["1500 mg"]),
        ("nl", "een driedaagse kuur", ["3 day"]),
        ("en", "two thousand five hundred", ["2500"]),
        ("en", "one hundred and twenty-five", ["125"]),
        ("en", "an hour and a half", ["1.5 hour"]),
        ("en", "2 tablets and half an hour later", ["2 tablet", "0.5 hour"]),
        ("es", "una pastilla y media", ["1.5 tablet"]),
        ("pl", "sto dwadzieścia pięć", ["125"]),
        ("nl", "Neem deze regels in acht.{fn1} [Lees][a]", []),
        ("nl", "`3 mg` op www.a.nl/2", []),
        ("de", "1'500 mg", ["1500 mg"]),
        ("de", "1'500'000 Menschen", ["1500000"]),
        ("ar", "١٬٥٠٠ مغ", ["1500 mg"]),
        ("ar", "خذ 2 g أو 5 ml", ["2 g", "5 ml"]),
        ("en", "0.05 mg, 1234567.5 ml", ["0.05 mg", "1234567.5 ml"]),
        ("en", "1" * 400, ["1" * 40]),
        ("en", "0." + "1" * 60 + " mg", [f"{'1' * 38}/1{'0' * 38} mg"]),
    ],
)
def test_numbers_are_read_by_value(language: str, text: str, numbers: list[str]) -> None:
    assert numbers == [str(number) for number in extract_facts(text, language).numbers if number.confidence]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("nl", "op 03-04-2027", ["3-4-2027"]),
        ("en_US", "on 03/04/2027", ["4-3-2027"]),
        ("en", "on 2nd May 2027", ["2-5-2027"]),
        ("en", "on May 2, 2027", ["2-5-2027"]),
        ("nl", "2027-04-03", ["3-4-2027"]),
        ("pl", "3 marca 2027 r.", ["3-3-2027"]),
        ("fa", "در ۱۲ مارس ۲۰۲۷", ["12-3-2027"]),
        ("zh_Hans", "2027年3月5日和10月21日", ["5-3-2027", "21-10"]),
        ("nl", "in maart 2028", ["3-2028"]),
        ("nl", "van 1 tot en met 14 juli", ["14-7", "1-7"]),
        ("fr", "du 1er au 14 juillet 2027", ["14-7-2027", "1-7-2027"]),
        ("en", "2 tablets, 14 July", ["14-7"]),
        ("nl", "45-13-2027", []),
        ("en", "You may take 2", []),
    ],
)
def test_dates_are_read(language: str, text: str, dates: list[str]) -> None:
    assert dates == [str(date) for date in extract_facts(text, language).dates]


@pytest.mark.parametrize(
    ("language", "text", "clocks"),
    [
        ("nl", "om 20.00 uur", ["20:00"]),
        ("nl", "van 8.30 tot 17.00 uur", ["8:30", "17:00"]),
        ("nl", "om half acht in de avond", ["19:30"]),
        ("nl", "om kwart voor negen", ["8:45"]),
        ("en", "8.30 am to 5 pm", ["8:30", "17:00"]),
        ("en", "at half past seven in the evening", ["19:30"]),
        ("en", "at 12 noon and at midnight", ["12:00", "0:00"]),
        ("en", "at one o'clock", ["1:00"]),
        ("fr", "à 8 h 30", ["8:30"]),
        ("tr", "akşam yedi buçukta", ["19:30"]),
        ("ar", "في الساعة الثامنة مساءً", ["20:00"]),
        ("uk", "о пів на восьму ранку", ["7:30"]),
        ("fa", "ساعت هفت و نیم صبح", ["7:30"]),
        ("fa", "یک ربع به نه", ["8:45"]),
        ("ro", "la ora patru fără un sfert după-amiaza", ["15:45"]),
        ("ro", "la ora opt și jumătate seara", ["20:30"]),
        ("zh_Hans", "晚上八点半", ["20:30"]),
        ("so", "saacadda 8:30 habeennimo", ["20:30"]),
        ("zh_Hans", "下午2:30", ["14:30"]),
        ("zh_Hans", "喝一点水", []),
        ("fa", "هر ۸ ساعت اول", []),
        ("pl", "o ósmej rano", ["8:00"]),
        ("en", "at 2 in the afternoon", ["14:00"]),
        ("en", "between 2 and 4 pm, or from 10 to 2 pm", ["14:00", "16:00", "10:00", "14:00"]),
        ("en", "8 at night, and 2 o'clock at night", ["2:00"]),
        ("en", "at 10 at night", ["22:00"]),
        ("nl", "tussen vijf en zes uur 's ochtends", ["5:00", "6:00"]),
        ("nl", "om 8 uur 's ochtends en om 8 uur 's avonds", ["8:00", "20:00"]),
        ("nl", "om 12 uur 's nachts", ["0:00"]),
        ("nl", "'s avonds eet u niets; om 8.00 uur komt u", ["8:00"]),
        ("en", "five to seven days, ten to twelve working weeks", []),
        ("en", "at five to seven, or ten to eight", ["6:55", "7:50"]),
        ("de", "um fünf vor sieben", ["6:55"]),
        ("fr", "à deux heures et demie", ["2:30"]),
        ("fr", "pendant deux heures et demie", []),
        ("fr", "à 3 heures de l'après-midi", ["15:00"]),
        ("tr", "Gece yarısından sonra", ["0:00"]),
        ("uk", "після півночі", ["0:00"]),
        ("ar", "في التاسعة مساءً", ["21:00"]),
        ("nl", "om 45:99", []),
        ("nl", "om half half", []),
    ],
)
def test_times_are_read(language: str, text: str, clocks: list[str]) -> None:
    assert clocks == [str(clock) for clock in extract_facts(text, language).times]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("nl", "om 14.00 uur"), ("en", "at 2:00"), False),
        (("nl", "om 14.00 uur"), ("en", "at 2 in the afternoon"), True),
        (("nl", "om 20.00 uur"), ("en", "at 8:00"), False),
        (("nl", "om 20.00 uur"), ("es", "a las 8"), False),
        (("nl", "om 20.00 uur"), ("es", "a las 8 de la tarde"), True),
        (("nl", "om 12.00 uur"), ("en", "at 0:00"), False),
        (("nl", "vanaf 00.00 uur"), ("en", "from 12.00"), False),
        (("nl", "vanaf 00.00 uur"), ("en", "from midnight"), True),
        (("nl", "om 9.00 uur"), ("en", "at 9 o'clock"), True),
        (("nl", "om 8 uur"), ("en", "at 8 o'clock"), True),
        (("nl", "om 14.30 uur"), ("zh_Hans", "下午2:30"), True),
        (("nl", "'s ochtends en 's avonds, om 8 uur"), ("en", "at 8 pm"), True),
    ],
)
def test_a_time_with_its_half_of_the_day_is_not_the_one_twelve_hours_later(
    first: tuple[str, str],
    second: tuple[str, str],
    same: bool,  # noqa: FBT001
) -> None:
    (before,), (after,) = (extract_facts(text, language).times for language, text in (first, second))

    assert before.same(after) is same
    assert after.same(before) is same


@pytest.mark.parametrize(
    ("language", "text", "limits"),
    [
        ("nl", "Is het nog geen 12 uur geleden?", {"upper": 1}),
        ("nl", "Merkt u na 6 weken nog geen effect?", {}),
        ("nl", "Weegt u 2 kg meer dan drie dagen geleden?", {}),
        ("es", "No dé miel a bebés que no hayan cumplido un año.", {"lower": 1}),
        ("fr", "Pas plus d'une semaine.", {"upper": 1}),
        ("fr", "3 suppositoires au maximum par 24 heures.", {"upper": 1}),
        ("nl", "minstens 4 uur", {"lower": 1}),
        ("nl", "niet meer dan 4 tabletten", {"upper": 1}),
        ("en", "Do not take more than 4 tablets", {"upper": 1}),
        ("en", "from 2 to 4 hours", {}),
        ("en", "> 30 ml", {"lower": 1}),
        ("tr", "25 °C'nin altında", {"upper": 1}),
        ("nl", "boven staan noten", {}),
        ("fr", "au moins une heure", {"lower": 1}),
        ("nl", "niet langer dan een week", {"upper": 1}),
        ("nl", "Buig niet verder dan 90 graden", {"upper": 1}),
        ("nl", "U mag niet verder buigen dan 90 graden", {"upper": 1}),
        ("nl", "Neem niet meer tabletten dan 4 per dag", {"upper": 1}),
        ("nl", "Neem het niet langer als u meer dan 4 tabletten nam", {"lower": 1}),
        ("tr", "Günde 4.000 mg'dan fazla almayın", {"upper": 1}),
        ("tr", "4 haftadan uzun kullanmayın", {"upper": 1}),
        ("tr", "4 tabletten fazla alırsanız", {"lower": 1}),
        ("tr", "4 tablet. Fazla su", {}),
    ],
)
def test_limits_are_read(language: str, text: str, limits: dict[str, int]) -> None:
    assert limits == dict(extract_facts(text, language).limits.firm)


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("nl", "niet zonder", {2}),
        ("nl", "niet onveilig", {0, 2}),
        ("nl", "niet alleen pijn, maar ook koorts", {0}),
        ("nl", "geen thee en geen koffie", {1, 2}),
        ("nl", "geen thee, geen koffie", {2}),
        ("en", "don't", {1}),
        ("en", "neither tea nor coffee", {1}),
        ("es", "no tome nunca", {1}),
        ("fr", "Sucez, jamais croquer", {1}),
        ("fr", "avant que cela ne s'aggrave", {0}),
        ("tr", "almayın", {1}),
        ("tr", "kullanmadan önce", {0}),
        ("fa", "نمی\u200cشود", {1}),
        ("fa", "نمی شود", {1}),
        ("fa", "نمي\u200cشود", {1}),
        ("fa", "هرگز نخورید", {1}),
        ("ro", "nu luați niciodată", {1}),
        ("zh_Hans", "不要嚼碎。", {1}),
        ("so", "ha qaadan", {1}),
        ("so", "ha ahaato", {0}),
        ("zh_Hans", "如有不同，请避免使用", {1}),
    ],
)
def test_negations_are_counted(language: str, text: str, counts: set[int]) -> None:
    assert counts == extract_facts(text, language).negations.counts


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("nl", "alleen na overleg"), ("en", "only after a talk"), True),
        (("nl", "alleen na overleg"), ("en", "not without a talk"), True),
        (("nl", "pas na overleg"), ("en", "not until a talk"), True),
        (("nl", "niet alleen naar huis"), ("en", "not go home on your own"), True),
        (("nl", "niet als het zegel verbroken is"), ("de", "nur bei unversehrtem Siegel"), True),
        (("nl", "niet op beschadigde huid"), ("de", "nur auf beschädigte Haut"), False),
        (("nl", "alleen volwassenen"), ("fr", "ne convient qu'aux adultes"), True),
        (("nl", "Sla geen dosis over"), ("en", "Take every dose"), True),
        (("nl", "Sla geen dosis over"), ("en", "Take a dose"), False),
        (("nl", "Stop niet"), ("en", "Stop"), False),
        (("nl", "niet vaak"), ("en", "often"), False),
        (("nl", "niet meer dan 4 mg"), ("tr", "4 mg'dan fazla almayın"), True),
        (("nl", "werkt tegen bloedstolsels"), ("ar", "يمنع الجلطات"), True),
        (("nl", "gebruik dit bij koorts"), ("ar", "يمنع استعمال الدواء عند الحمى"), False),
    ],
)
def test_negations_are_compared(first: tuple[str, str], second: tuple[str, str], same: bool) -> None:  # noqa: FBT001
    negations = [extract_facts(text, language).negations for language, text in (first, second)]

    assert same == negations[0].agree(negations[1])
    assert same == negations[1].agree(negations[0])


def test_a_translation_may_add_an_only_and_lose_none() -> None:
    only, plain = (extract_facts(text, "en").negations for text in ("only after a talk", "after a talk"))

    assert plain.agree(only)
    assert not only.agree(plain)


YES_NO = {
    "nl": ("ja", "nee"),
    "en": ("yes", "no"),
    "de": ("Ja", "Nein"),
    "fr": ("Oui", "Non"),
    "es": ("Sí", "No"),
    "pl": ("Tak", "Nie"),
    "tr": ("Evet", "Hayır"),
    "uk": ("Так", "Ні"),
    "ar": ("نعم", "لا"),
    "fa": ("بله", "خیر"),
    "ro": ("Da", "Nu"),
    "zh_Hans": ("是", "否"),
    "so": ("Haa", "Maya"),
}


@pytest.mark.parametrize("target", YES_NO)
def test_answers_are_compared(target: str) -> None:
    yes, no = ([extract_facts(text, language).negations for language, text in zip(("nl", target), pair, strict=True)]
               for pair in zip(YES_NO["nl"], YES_NO[target], strict=True))  # fmt: skip

    assert yes[0].agree(yes[1])
    assert no[0].agree(no[1])
    assert not yes[0].agree(no[1])
    assert not no[0].agree(yes[1])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes or no?"),
        ("es", "¿Sí o no?"),
        ("pl", "Tak lub nie?"),
        ("uk", "Так чи ні?"),
        ("ar", "نعم أو لا؟"),
        ("fa", "بله یا خیر؟"),
        ("ro", "Da sau nu?"),
        ("zh_Hans", "是或否？"),
        ("so", "Haa ama maya?"),
    ],
)
def test_the_choice_between_yes_and_no_denies_nothing(language: str, text: str) -> None:
    assert not extract_facts(text, language).negations


def test_addresses_are_read() -> None:
    text = "Bel 112 of 030-123 45 67, mail a@b.example, lees <https://a.nl/b> of thuisarts.nl [@efsa2015]."

    expected = {"112", "0301234567", "a@b.example", "https://a.nl/b", "thuisarts.nl", "@efsa2015"}

    assert expected == set(extract_facts(text, "nl").addresses)


@pytest.mark.parametrize(
    ("language", "text", "axis", "poles"),
    [
        ("nl", "'s ochtends en 's avonds", "daypart", ("morning", "evening/night")),
        ("nl", "op maandag", "weekday", ("monday",)),
        ("nl", "in december", "month", ("12",)),
        ("nl", "op 3 december", "month", ()),
    ],
)
def test_directions_are_read_in_their_order(language: str, text: str, axis: str, poles: tuple[str, ...]) -> None:
    assert poles == extract_facts(text, language).directions.get(axis, ())


@pytest.mark.parametrize(
    ("language", "text", "bounds"),
    [
        ("nl", "tot 1 juni", {"upper": 1}),
        ("nl", "van 8.30 tot 17.00 uur", {}),
        ("en", "from 1 June", {"lower": 1}),
        ("tr", "1 haziran 2027'den itibaren", {"lower": 1}),
    ],
)
def test_limits_at_dates_and_times_are_read(language: str, text: str, bounds: dict[str, int]) -> None:
    assert bounds == dict(extract_facts(text, language).datetime_limits)


def test_rates_are_read() -> None:
    assert {"day": 1, "kg": 1} == dict(extract_facts("10 mg/kg, daily", "en").rates)


@pytest.mark.parametrize(
    ("name", "text", "same"),
    [
        ("doxycycline", "doksycyklina", True),
        ("levothyroxine", "levotiroxina", True),
        ("alendroninezuur", "alendronic acid", True),
        ("magnesiumcitraat", "magnesium citrate", True),
        ("prednisolon", "prednisone", False),
        ("omeprazol", "esomeprazole", False),
        ("magnesiumcitraat", "magnesium oxide", False),
        ("acenocoumarol", "asenokumarol", True),
        ("aminoboterzuur", "gamma-aminobutyric acid", True),
        ("aminoboterzuur", "gamma-aminobuttersäure", True),
        ("aminoboterzuur", "kwas gamma-aminomasłowy", True),
        ("aminoboterzuur", "гамма-аміномасляна кислота", True),
        ("aminoboterzuur", "aminolactic acid", False),
        ("salpeterzuur", "nitric acid", True),
        ("salpeterzuur", "acetic acid", False),
        ("azijnzuur", "essigsäure", True),
        ("ascorbinezuur", "vitamine c", True),
        ("azelaïnezuur", "azelainsäure", True),
        ("tranexaminezuur", "tranexamic acid", True),
        ("tranexaminezuur", "amino acid", False),
        ("foliumzuur", "folsäure", True),
        ("foliumzuur", "folic acid", True),
        ("foliumzuur", "essigsäure", False),
        ("lithium", "lityumu", True),
        ("lithium", "ليثيوم", True),
        ("lithium", "lamotrygina", False),
    ],
)
def test_names_of_medicines_are_compared_by_their_skeleton(name: str, text: str, same: bool) -> None:  # noqa: FBT001
    assert [name] == list(medicines.find_names(name))
    assert same == medicines.is_mentioned(name, text)


@pytest.mark.parametrize(("text", "spelt", "names"), [("kiniin", False, ["kiniin"]), ("kiniin", True, [])])
def test_a_word_that_is_only_like_a_name_is_one_where_that_was_measured(
    text: str, *, spelt: bool, names: list[str]
) -> None:
    assert names == list(medicines.find_names(text, spelt=spelt))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_with_words_is_known(language: str) -> None:
    assert load_lexicon(language).known
    assert [] == list(find_unknown_languages([language]))


def test_a_language_without_words_is_told_and_its_figures_are_read() -> None:
    assert ["words"] == [finding.check for finding in find_unknown_languages(["sw"])]
    assert ["5 mg"] == [str(number) for number in extract_facts("5 mg", "sw").numbers]
    assert ["500 mg"] == [str(number) for number in extract_facts("服用500mg药", "ja").numbers]


@pytest.mark.law
def test_a_region_has_the_words_of_its_language() -> None:
    assert load_lexicon("nl_BE").known


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Neem 2 tabletten"),
        ("nl", "Neem twee tabletten"),
        ("nl", "Bewaar het een week"),
        ("nl", "Neem het om half acht"),
        ("nl", "op 3 mei 2027"),
        ("nl", "Gebruik dit niet"),
        ("en", "Only after a talk with your doctor"),
        ("nl", "Bel 0800-0113"),
        ("ar", "٥"),
        ("sw", "5"),
        ("nl", "Nee"),
        ("nl", "**Ja.**"),
        ("ar", "نعم"),
    ],
)
def test_a_text_with_an_amount_a_moment_or_a_denial_is_risky(language: str, text: str) -> None:
    assert risky(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Dit is een folder over een knie"),
        ("en", "Yes, knees bend"),
        ("nl", "Lees www.a.nl/2 {fn1}"),
        ("sw", "Usinywe dawa"),
    ],
)
def test_a_text_of_plain_words_is_not_risky(language: str, text: str) -> None:
    assert not risky(text, language)


@pytest.mark.law
@pytest.mark.parametrize(
    "text",
    [
        "0" + "1" * 60,
        "0" + "1" * 20_000,
        "a." * 10_000,
        "1." * 10_000,
        "(0" * 10_000,
        "1" * 5_000 + "/2",
        "1/" * 5_000,
        "niet " * 5_000,
    ],
)
def test_no_text_takes_a_time_that_grows_out_of_hand(text: str) -> None:
    """Patterns that try every way to divide such a text would not come back; what is cut off is found again."""
    assert text.rstrip() == extract_facts(text, "nl").text.rstrip()
