"""One leaflet in four languages, block by block, and documents made of it as translators hand them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypandoc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NL, EN, PL, AR = range(4)
CODES = ("nl", "en", "pl", "ar")

Block = tuple[str, str, str, str]
"""A block of Markdown in Dutch, English, Polish and Arabic."""


def table(head: str, first: str, second: str, caption: str) -> str:
    """Return a table of two columns in Markdown."""
    return f"{head}\n|---|---|\n{first}\n{second}\n\n: {caption}"


TITLE: Block = ("Uw nieuwe knie", "Your new knee", "Twoje nowe kolano", "ركبتك الجديدة")

SECTIONS: tuple[tuple[Block, ...], ...] = (
    (
        ("# De operatie {#operatie}", "# The operation", "# Operacja", "# العملية"),
        (
            "U wordt om 7.30 uur geopereerd. De operatie duurt ongeveer 90 minuten.",
            "Your operation is at 7.30 am. It takes about 90 minutes.",
            "Operacja odbędzie się o godzinie 7.30. Trwa około 90 minut.",
            "تجرى العملية الساعة 7:30 صباحا. تستغرق العملية نحو 90 دقيقة.",
        ),
        (
            "Eet niets meer vanaf 6 uur voor de operatie; water mag tot 2 uur ervoor.",
            "Do not eat anything from 6 hours before the operation; you may drink water until 2 hours before it.",
            "Nie jedz nic na 6 godzin przed operacją; wodę można pić do 2 godzin przed nią.",
            "لا تأكل أي شيء قبل العملية بمدة 6 ساعات؛ يمكنك شرب الماء حتى ساعتين قبلها.",
        ),
        (
            "Gebruikt u **bloedverdunners**? Vertel dat dan aan uw arts.",
            "Do you take **blood thinners**? Then tell your doctor.",
            "Czy bierzesz **leki rozrzedzające krew**? Powiedz o tym lekarzowi.",
            "هل تتناول **أدوية سيولة الدم**؟ أخبر طبيبك بذلك.",
        ),
    ),
    (
        ("# Na de operatie {#na}", "# After the operation", "# Po operacji", "# بعد العملية"),
        (
            "Een verpleegkundige helpt u bij de eerste stappen.",
            "A nurse helps you with your first steps.",
            "Pielęgniarka pomoże Ci zrobić pierwsze kroki.",
            "تساعدك ممرضة في خطواتك الأولى.",
        ),
        (
            "Uw knie kan nog 6 maanden dik en warm zijn. Dat is niet erg.",
            "Your knee may stay swollen and warm for 6 months. This is nothing to worry about.",
            "Kolano może być spuchnięte i ciepłe przez 6 miesięcy. To nic złego.",
            "قد تبقى ركبتك متورمة ودافئة لمدة 6 أشهر. هذا ليس خطيرا.",
        ),
        (
            "- Buig uw knie 3 keer per dag.\n- Loop elk uur een klein stukje.\n- Leg uw been hoog als u zit.",
            "- Bend your knee 3 times a day.\n- Walk a little every hour.\n- Put your leg up when you sit.",
            "- Zginaj kolano 3 razy dziennie.\n- Co godzinę trochę pochodź.\n- Siedząc, trzymaj nogę wysoko.",
            "- اثن ركبتك 3 مرات في اليوم.\n- امش قليلا كل ساعة.\n- ارفع ساقك عند الجلوس.",
        ),
    ),
    (
        ("# Medicijnen {#medicijnen}", "# Medicines", "# Leki", "# الأدوية"),
        (
            table(
                "| Medicijn | Hoeveel |",
                "| paracetamol | 4 keer per dag 1000 mg |",
                "| naproxen | 2 keer per dag 250 mg |",
                "Dit neemt u thuis",
            ),
            table(
                "| Medicine | How much |",
                "| paracetamol | 1000 mg 4 times a day |",
                "| naproxen | 250 mg 2 times a day |",
                "What you take at home",
            ),
            table(
                "| Lek | Ile |",
                "| paracetamol | 4 razy dziennie 1000 mg |",
                "| naproksen | 2 razy dziennie 250 mg |",
                "Co przyjmujesz w domu",
            ),
            table(
                "| الدواء | الكمية |",
                "| باراسيتامول | 1000 ملغ 4 مرات في اليوم |",
                "| نابروكسين | 250 ملغ مرتين في اليوم |",
                "ما تتناوله في البيت",
            ),
        ),
        (
            "Neem nooit meer dan voorgeschreven.[^a]\n\n[^a]: Te veel paracetamol is slecht voor uw lever.",
            "Never take more than prescribed.[^a]\n\n[^a]: Too much paracetamol is bad for your liver.",
            "Nigdy nie bierz więcej, niż przepisano.[^a]\n\n[^a]: Za dużo paracetamolu szkodzi wątrobie.",
            "لا تتناول أبدا أكثر من الموصوف.[^a]\n\n[^a]: الإكثار من الباراسيتامول مضر بالكبد.",
        ),
        (
            "Bewaar de pillen in een kast die kinderen niet open krijgen.",
            "Keep the tablets in a cupboard that children cannot open.",
            "Przechowuj tabletki w szafce, której dzieci nie otworzą.",
            "احفظ الحبوب في خزانة لا يستطيع الأطفال فتحها.",
        ),
    ),
    (
        ("# Wanneer belt u? {#bellen}", "# When to call", "# Kiedy zadzwonić?", "# متى تتصل؟"),
        (
            "Bel ons op 020-1234567 als u koorts heeft boven 38,5 °C.",
            "Call us on 020-1234567 if you have a fever above 38.5 °C.",
            "Zadzwoń pod numer 020-1234567, jeśli masz gorączkę powyżej 38,5 °C.",
            "اتصل بنا على الرقم 020-1234567 إذا تجاوزت حرارتك 38.5 °C.",
        ),
        (
            (
                "Meer informatie vindt u op [onze website](https://knie.example.org/) en in "
                "[het hoofdstuk over medicijnen](#medicijnen)."
            ),
            (
                "You can find more information on [our website](https://knie.example.org/) and in "
                "[the chapter about medicines](#medicijnen)."
            ),
            (
                "Więcej informacji znajdziesz na [naszej stronie](https://knie.example.org/) i w "
                "[rozdziale o lekach](#medicijnen)."
            ),
            "تجد المزيد من المعلومات على [موقعنا](https://knie.example.org/) وفي [فصل الأدوية](#medicijnen).",
        ),
        (
            "Neem deze folder mee als u naar het ziekenhuis komt.",
            "Bring this leaflet when you come to the hospital.",
            "Zabierz tę ulotkę, gdy przyjdziesz do szpitala.",
            "أحضر هذه النشرة معك عند قدومك إلى المستشفى.",
        ),
    ),
)

BLOCKS = [block for section in SECTIONS for block in section]

SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en", "pl", "ar"]\n'


def body(blocks: Iterable[Sequence[str]], language: int) -> str:
    """Return *blocks* in one language as Markdown."""
    return "\n\n".join(block[language] for block in blocks) + "\n"


def source(blocks: Iterable[Block] = BLOCKS) -> str:
    """Return the Dutch leaflet."""
    return f"---\ntitle: {TITLE[NL]}\n---\n\n{body(blocks, NL)}"


def document(folder: Path, name: str, markdown: str, language: int = EN) -> Path:
    """Write *markdown* under the title into the file *name*, in the format of its suffix, and return it."""
    file = folder / name
    kind = {".md": "markdown", ".htm": "html", ".tex": "latex"}.get(file.suffix, file.suffix[1:])
    manuscript = f"---\ntitle: {TITLE[language]}\n---\n\n{markdown}"
    pypandoc.convert_text(
        manuscript, kind, "markdown", outputfile=str(file), extra_args=["--standalone", "--quiet"], verify_format=False
    )
    return file
