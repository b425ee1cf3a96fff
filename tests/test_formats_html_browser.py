"""The web page in a browser, as readers set it: narrow, dark, large, spaced, with the keyboard, on paper."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import support
from polyleaf import cli

LEAFLET = "magnesium-en-slaap"
JUDGES = Path(os.environ.get("POLYLEAF_JUDGES", Path.home() / ".cache" / "polyleaf-judges"))
"""Where the outside judges are installed: playwright and axe-core among them."""

ARABIC = """\
---
title: المغنيسيوم والنوم
status: draft
---

::: keypoints
- نقطة أولى.
- نقطة ثانية، انظر [القسم](#a).
:::

# ما هو المغنيسيوم؟ {#a}

المغنيسيوم معدن، مثل [هنا](https://example.org/). يوجد في أطعمة كثيرة.[^n]

| الدواء | الوقت |
|--------|------:|
| حبوب الحديد | 4 ساعات |

: الأدوية {#t .row-headers}

::: warning
تحذير: اسأل طبيبك أولا.
:::

:::: call
::: call-now
**اتصل الآن.**
:::

::: call-today
**اتصل اليوم.**
:::

::: call-appointment
**خذ موعدا.**
:::
::::

[^n]: ملاحظة.
"""
"""A leaflet from right to left, with every kind of box."""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = '[tool.polyleaf]\nsource_language = "ar"\nformats = ["html"]\n'
    folder = support.project(tmp_path_factory.mktemp("arabic"), {"source/ar.md": ARABIC}, settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == cli.run(["build", "-q"])
    return folder / "build" / "ar" / "ar.html"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_page_works_however_it_is_read(language: str, leaflet: Path, arabic: Path) -> None:
    python, axe = JUDGES / "venv" / "bin" / "python", JUDGES / "node_modules" / "axe-core" / "axe.min.js"
    if not (python.is_file() and axe.is_file() and shutil.which("chromium")):
        pytest.skip("there is no browser with the judges")
    file = arabic if language == "ar" else leaflet / language / f"{LEAFLET}.html"
    probe = Path(__file__).with_name("browser.py")
    process = subprocess.run([python, probe, axe, file], capture_output=True, text=True, check=True)
    (faults,) = json.loads(process.stdout).values()

    assert len(faults) > 1
    assert {} == {way: messages for way, messages in faults.items() if messages}
