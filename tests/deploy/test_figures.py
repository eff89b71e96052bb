"""The figures of the code's shape count what they say."""

import sys
from pathlib import Path

import pytest

from deploy import figures

LINES = """
def first(actor, tx):
    if actor is None:
        return 1
    found = tx.get("a")
    for each in found:
        each.save(2)
    return found
"""


def test_lines_are_of_one_shape_whatever_the_names(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.py" for name in ("first", "second", "third"))
    first.write_text(LINES)
    second.write_text(LINES.replace("actor", "caller").replace('"a"', '"b"').replace("2", "7"))
    third.write_text("x = 1\n" + LINES.replace("is None", "is not None"))

    everywhere, inside = figures.same_shape([first, second, third])
    assert (sum(everywhere), len(everywhere)) == (14, 22)
    assert (sum(inside), len(inside)) == (14, 21)


def test_a_run_is_not_its_own_other(tmp_path: Path) -> None:
    file = tmp_path / "file.py"
    file.write_text("x = 1\n" * 7)

    assert figures.same_shape([file]) == ([False] * 7, [])


def test_a_lazy_import_closes_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "circle_of_three"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "a.py").write_text("from circle_of_three import b\n")
    (package / "b.py").write_text("def later():\n    from circle_of_three import c\n    return c\n")
    (package / "c.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from circle_of_three.a import x\n"
    )
    (package / "d.py").write_text("from circle_of_three import a\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    assert figures.cycles(["circle_of_three"]) == [
        ["circle_of_three.a", "circle_of_three.b", "circle_of_three.c"]
    ]


def test_a_function_over_forty_lines_is_told(tmp_path: Path) -> None:
    file = tmp_path / "long.py"
    file.write_text("def short():\n    pass\n\n\ndef long():\n" + "    pass\n" * 40)

    assert list(figures.long_functions([file])) == [(file, "long", 41)]


RUST = """
pub trait Given {
    fn shape(&self) -> Shape;
    fn nothing(&self) {}
}

impl Given for Text {
    pub(super) async fn read(
        &self,
    ) -> Shape {
        match self {
            Self::Short => {}
        }
    }
}
"""


def test_a_rust_function_is_as_long_as_it_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "given.rs"
    file.write_text(RUST)

    monkeypatch.setattr(figures, "FUNCTION_LINES_MAX", 0)
    found = [(name, length) for _, name, length in figures.long_rust_functions([file])]
    monkeypatch.setattr(figures, "FUNCTION_LINES_MAX", 7)

    assert found == [("shape", 1), ("nothing", 1), ("read", 7)]
    assert list(figures.long_rust_functions([file])) == []


def test_the_router_is_held_too() -> None:
    assert len(figures.rust_sources(figures.ROOT)) > 40


def test_what_is_over_is_told_and_nothing_else() -> None:
    assert figures._counted("cycles", ("a <-> b",), 1).too_much == ()
    assert figures._counted("cycles", ("a <-> b",), 0).too_much == ("a <-> b",)
