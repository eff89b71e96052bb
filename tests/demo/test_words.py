"""The story in Vietnamese: the longest text wins, and what has no words stays."""

import io

import pytest
from rich.console import Console

from congvu_demo.story.telling import ConsoleTeller, Refusal
from congvu_demo.story.words import in_vietnamese


@pytest.mark.parametrize(
    ("en", "vi"),
    [
        ("state", "trạng thái"),
        ("state after the data cut-off", "trạng thái sau thời điểm chốt số liệu"),
        ("a citizen asks why, and is told", "người dân hỏi căn cứ của kết quả, nhận được"),
        ("HTXS in AGENCY: 3 of at most 4", "HTXS trong nhóm AGENCY: 3, tối đa 4"),
        ("bands {'HT': 2}, with the quota {'HT': 3}", "các mức {'HT': 2}, sau khi áp dụng tỷ lệ"),
        ("Phường Hội An, Nguyễn Văn A", "Phường Hội An, Nguyễn Văn A"),
    ],
)
def test_a_text_in_vietnamese(en: str, vi: str) -> None:
    assert in_vietnamese(en).startswith(vi)


@pytest.mark.parametrize(("locale", "language"), [("vi_VN.UTF-8", "vi"), ("C.UTF-8", "en")])
def test_it_is_told_as_the_terminal_speaks(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    screen = io.StringIO()
    teller = ConsoleTeller(Console(file=screen, markup=False))

    teller.step(1, "Superiors assign work")
    teller.held("assignments", 205)
    teller.refused(Refusal("a forged token", "UNAUTHENTICATED", None, "Không hợp lệ."))

    assert (
        screen.getvalue().splitlines()
        == {
            "vi": [
                "",
                " 1. Cấp trên giao việc",
                "    ✓ số việc được giao: 205",
                "    ✗ bị từ chối đúng quy định: mã truy cập giả: UNAUTHENTICATED Không hợp lệ.",
            ],
            "en": [
                "",
                " 1. Superiors assign work",
                "    ✓ assignments: 205",
                "    ✗ refused, as it must be: a forged token: UNAUTHENTICATED Không hợp lệ.",
            ],
        }[language]
    )
