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


SCRIPT = """
export function made(
  settings,
) {
  async function held({
    name,
  }) {
    if (name) {
      return settings;
    }
  }

  return list.map(async (
    each,
  ) => {
    held(each);
  });
}

class Cost {
  async #of(field) {
    return field;
  }
}
"""


def test_a_function_of_a_script_is_counted_without_those_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "made.mjs"
    file.write_text(SCRIPT)

    monkeypatch.setattr(figures, "FUNCTION_LINES_MAX", 0)
    found = {where: length for _, where, length in figures.long_script_functions([file])}
    monkeypatch.setattr(figures, "FUNCTION_LINES_MAX", 7)

    assert found == {"from line 2": 5, "from line 5": 7, "from line 13": 5, "from line 21": 3}
    assert list(figures.long_script_functions([file])) == []


def test_whatever_is_shipped_is_held() -> None:
    packages = [file for each in figures.sources(figures.ROOT).values() for file in each]
    alone = {each.name for each in figures.loose_sources(figures.ROOT, packages)}
    scripts = {each.name for each in figures.script_sources(figures.ROOT)}

    assert {"check_receipt.py", "figures.py"} <= alone
    assert {"server.mjs", "playground.js"} <= scripts
    assert len(figures.rust_sources(figures.ROOT)) > 40


def test_a_long_module_is_told_wherever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "cycles", lambda packages: [])
    places = ("a/src/alone.py", "a/src/b.mjs", "a/src/page/c.js", "a/router/src/d.rs")
    for place in places:
        file = tmp_path / "services" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n" * (figures.MODULE_LINES_MAX + 1))

    told = {each.name: each.too_much for each in figures.figures(tmp_path)}
    assert len(told["modules over 300 lines"]) == len(places)


def test_what_is_over_is_told_and_nothing_else() -> None:
    assert figures._counted("cycles", ("a <-> b",), 1).too_much == ()
    assert figures._counted("cycles", ("a <-> b",), 0).too_much == ("a <-> b",)
