"""What follows a check is whole: whoever pastes it does what was checked."""

from pathlib import Path

import pytest

from congvu_kit.tools.dry_runs import tell_for_good, tell_what_follows

FILE, COPY = Path("công chức.xlsx"), Path("lỗi.xlsx")


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")


def follows(
    typed: str, monkeypatch: pytest.MonkeyPatch, *, file: Path = FILE, **given: object
) -> None:
    monkeypatch.setattr("sys.argv", ["/opt/bin/congvu", *typed.split("|")])
    told = {"copy": None, "refused": 0, "changes": 1, "vi": "nhập", "en": "import it"}
    tell_what_follows(file, **{**told, **given})  # type: ignore[arg-type] # names of the call


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "personnel|sync|công chức.xlsx|--dry-run|--snapshot|56",
            "personnel sync 'công chức.xlsx' --snapshot 56",
        ),
        (
            "import|catalogue|--dry-run|a.csv|--map|Tên gọi=x",
            "import catalogue a.csv --map 'Tên gọi=x'",
        ),
        (
            "personnel|sync|a.csv|--token|geheim|--dry-run",
            "personnel sync a.csv --token MÃ-TRUY-CẬP",
        ),
        ("personnel|sync|a.csv|--token=geheim", "personnel sync a.csv --token MÃ-TRUY-CẬP"),
        ("personnel|sync|a.csv|--errors=b c.csv", "personnel sync a.csv --errors 'b c.csv'"),
    ],
)
def test_the_same_without_the_check_and_without_a_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, told: str
) -> None:
    follows(typed, monkeypatch)

    assert capsys.readouterr() == ("", f"Tiếp theo, nhập: congvu {told}\n")


def test_what_only_checks_without_an_option_is_told_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["congvu", "import", "feedback", "a.xlsx"])

    tell_for_good(vi="gửi", en="send it", add="--send")

    assert capsys.readouterr().err == "Tiếp theo, gửi: congvu import feedback a.xlsx --send\n"


@pytest.mark.parametrize(
    ("typed", "paths", "told"),
    [
        ("a|./công chức.xlsx|--dry-run", [FILE], "a 'công chức.xlsx' --dry-run"),
        (
            "a|công chức.xlsx|--errors|lỗi.xlsx|--encoding|vni|--dry-run",
            [FILE, COPY],
            "a 'lỗi.xlsx' --encoding vni --dry-run",
        ),
        (
            "a|a.csv|--dry-run|--errors=b.csv|--encoding=vni",
            [Path("a.csv"), Path("b.csv")],
            "a b.csv --dry-run",
        ),
    ],
)
def test_what_was_refused_is_corrected_and_checked_again(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    paths: list[Path],
    told: str,
) -> None:
    copy = paths[1] if len(paths) > 1 else None

    follows(typed, monkeypatch, file=paths[0], copy=copy, refused=2)

    corrected = paths[-1]
    assert capsys.readouterr().err == (
        f"Tiếp theo, sửa {corrected} rồi kiểm tra lại: congvu {told}\n"
    )


def test_where_nothing_would_change_nothing_follows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    follows("personnel|sync|a.csv|--dry-run", monkeypatch, changes=0)

    assert capsys.readouterr().err == ""
