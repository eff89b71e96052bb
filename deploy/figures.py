"""The shape of the code in figures, held to thresholds by `make check`: `python deploy/figures.py`.

Same shape: a line of a GraphQL adapter counts when it stands in a run of six lines or more that
occurs elsewhere in the adapters once names, strings and numbers are replaced. The declared fields
of types and inputs are the schema itself and look alike by nature; what functions repeat is
plumbing, and told apart. Import cycles count imports inside functions and under TYPE_CHECKING.
"""

import ast
import io
import keyword
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import grimp

from congvu_kit.domain.errors import DomainError
from congvu_scoring import Snapshot, compile_policy, fingerprint, roll_up, score
from congvu_scoring.conformance.finding import Policies
from congvu_scoring.conformance.reading import Case, read_conformance

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "services/scoring/src/congvu_scoring/policies/vectors"

RUN_LINES = 6
MODULE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40

SAME_SHAPE_MAX_PERCENT = 74
"""Declared fields are alike by nature: it grows with every type. The next one is plumbing."""

SAME_SHAPE_IN_FUNCTIONS_MAX_PERCENT = 30
FUNCTIONS_OVER_MAX = 0
CYCLES_MAX = 0
VECTORS_SHA256 = "d655cbe359a1681f2163db17a8c92d5b79ca2ca59dfae3348c8a8424e8d797bb"
"""Over the result of every vector: it changes with a new vector, or a new version of a shipped
policy, never with a move of code."""

RUST_FUNCTION = re.compile(r"( *)(?:pub(?:\([a-z]+\))? )?(?:const |async |unsafe )*fn (\w+)")

SCRIPT_FUNCTION = re.compile(
    r"( *)(?:.*\bfunction\b.*[({]|.*=> \{"
    r"|(?:static |async |get |set )*(?!(?:if|for|while|switch|catch)\b)#?\w+\(.*\) \{)$"
)
"""The first line of a function of several lines, or where its arguments took some, their last."""

SKIPPED_TOKENS = frozenset(
    {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
)  # fmt: skip


def sources(root: Path) -> dict[str, list[Path]]:
    """The modules of each package of ours."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for folder in sorted((*root.glob("services/*/src/*"), *root.glob("deploy/*/src/*"))):
        if (folder / "__init__.py").exists():
            found[folder.name] = sorted(folder.rglob("*.py"))
    return found


def loose_sources(root: Path, packages: Iterable[Path]) -> list[Path]:
    """Modules that are in no package: those that run by themselves."""
    found = {*root.glob("services/*/src/**/*.py"), *root.glob("deploy/*.py")}
    return sorted(found.difference(packages))


def script_sources(root: Path) -> list[Path]:
    return sorted(
        each for form in ("mjs", "js") for each in root.glob(f"services/*/src/**/*.{form}")
    )


def rust_sources(root: Path) -> list[Path]:
    return sorted(root.glob("services/*/router/src/**/*.rs"))


def shapes(file: Path) -> list[tuple[int, str]]:
    """The number of each line of code and a text; the same text is the same shape."""
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for token in tokenize.generate_tokens(io.StringIO(file.read_text()).readline):
        if token.type in SKIPPED_TOKENS:
            continue
        shown = token.string
        if token.type == tokenize.NAME and not keyword.iskeyword(shown):
            shown = "name"
        elif token.type in {tokenize.STRING, tokenize.NUMBER}:
            shown = tokenize.tok_name[token.type]
        line = lines[token.start[0]]
        line.append(shown if line else " " * token.start[1] + shown)
    return [(number, " ".join(line)) for number, line in sorted(lines.items())]


def same_shape(files: Sequence[Path]) -> tuple[list[bool], list[bool]]:
    """Of each line of code whether it stands in a run that occurs elsewhere; of all lines, and of
    those in functions."""
    by_file = {file: shapes(file) for file in files}
    runs: defaultdict[tuple[str, ...], list[tuple[Path, int]]] = defaultdict(list)
    for file, lines in by_file.items():
        for start in range(len(lines) - RUN_LINES + 1):
            run = tuple(text for _, text in lines[start : start + RUN_LINES])
            runs[run].append((file, start))
    same = {
        (file, start + offset)
        for starts in runs.values()
        for file, start in starts
        if any(other != file or abs(at - start) >= RUN_LINES for other, at in starts)
        for offset in range(RUN_LINES)
    }
    everywhere, inside = [], []
    for file, lines in by_file.items():
        functions = in_functions(file)
        for position, (number, _) in enumerate(lines):
            everywhere.append((file, position) in same)
            if number in functions:
                inside.append((file, position) in same)
    return everywhere, inside


def in_functions(file: Path) -> set[int]:
    return {
        number
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def cycles(packages: Sequence[str]) -> list[list[str]]:
    """The sets of modules that import each other, in whatever roundabout way."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    found = set()
    for module in graph.modules:
        circle = graph.find_upstream_modules(module) & graph.find_downstream_modules(module)
        if circle:
            found.add(frozenset(circle | {module}))
    return sorted(sorted(circle) for circle in found)


def long_functions(files: Sequence[Path]) -> Iterator[tuple[Path, str, int]]:
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES_MAX:
                    yield file, node.name, length


def long_rust_functions(files: Sequence[Path]) -> Iterator[tuple[Path, str, int]]:
    """In the form that `cargo fmt` gives them: a function ends as far in as it began."""
    for file in files:
        lines = file.read_text().splitlines()
        for start, line in enumerate(lines):
            if begun := RUST_FUNCTION.match(line):
                inset = re.escape(begun[1])
                last = re.compile(rf"{inset}(?:\}}|\S.*(?:;|\{{\}}))$")
                length = next(n for n, each in enumerate(lines[start:], 1) if last.match(each))
                if length > FUNCTION_LINES_MAX:
                    yield file, begun[2], length


def long_script_functions(files: Sequence[Path]) -> Iterator[tuple[Path, str, int]]:
    """A function ends as far in as it began, and is counted without the functions in it: what makes
    a few of them that share something is their class."""
    for file in files:
        spans = list(_script_functions(file.read_text().splitlines()))
        for begun, last in spans:
            within = [range(b, e + 1) for b, e in spans if begun < b and e <= last]
            length = last - begun + 1 - len({number for each in within for number in each})
            if length > FUNCTION_LINES_MAX:
                yield file, f"from line {begun + 1}", length


def _script_functions(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    for at, line in enumerate(lines):
        if opened := SCRIPT_FUNCTION.match(line):
            inset = opened[1]
            begins = re.compile(rf"{inset}[^\s)}}\]]")
            begun = next(n for n in range(at, -1, -1) if begins.match(lines[n]))
            ends = re.compile(rf"{inset}\}}.*(?<!\{{)$")
            yield begun, next(n for n in range(at + 1, len(lines)) if ends.match(lines[n]))


def results_hash(vectors: Path) -> str:
    """Over the hashed result of every worked case of every policy."""
    answers = {}
    for file in sorted(vectors.glob("*.yaml")):
        read = read_conformance(file)
        policies = Policies(read.policies, file)
        for case in read.cases:
            answers[f"{file.stem}: {case.name}"] = _answer(case, policies)
    return fingerprint(answers)


def _answer(case: Case, policies: Policies) -> str:
    try:
        compiled = compile_policy(policies.find(case.policy), case.switches)
        if case.kind == "cases":
            return score(compiled, Snapshot.from_document(case.given)).hash()
        if case.kind == "rollups" and isinstance(case.given, Sequence):
            return roll_up(compiled, case.given).hash()
    except DomainError as error:
        return f"refused: {error.rule_id or error.field}"
    return "ranked"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`value` is what is shown; `too_much` tells what is over the threshold, if anything is."""

    name: str
    value: str
    too_much: tuple[str, ...] = ()


def figures(root: Path) -> Iterator[Figure]:
    packages = sources(root)
    files = [file for each in packages.values() for file in each]
    alone, scripts, in_rust = loose_sources(root, files), script_sources(root), rust_sources(root)
    everywhere, inside = same_shape([each for each in files if "adapters/graphql" in str(each)])
    yield _same_shape("same shape in GraphQL adapters", everywhere, SAME_SHAPE_MAX_PERCENT)
    yield _same_shape("... in their functions", inside, SAME_SHAPE_IN_FUNCTIONS_MAX_PERCENT)
    circles = tuple(" <-> ".join(circle) for circle in cycles(list(packages)))
    yield _counted("import cycles, lazy ones too", circles, CYCLES_MAX)
    long_modules = tuple(
        f"{file.relative_to(root)}: {length} lines"
        for file in (*files, *alone, *scripts, *in_rust)
        if (length := len(file.read_text().splitlines())) > MODULE_LINES_MAX
    )
    yield _counted(f"modules over {MODULE_LINES_MAX} lines", long_modules, 0)
    functions = tuple(
        f"{file.relative_to(root)}: {name}, {length} lines"
        for file, name, length in (
            *long_functions([*files, *alone]),
            *long_script_functions(scripts),
            *long_rust_functions(in_rust),
        )
    )
    yield _counted(f"functions over {FUNCTION_LINES_MAX} lines", functions, FUNCTIONS_OVER_MAX)
    for name, each in packages.items():
        yield Figure(name=f"lines of code, {name}", value=f"{sum(map(len, map(shapes, each)))}")
    found = results_hash(VECTORS)
    changed = () if found == VECTORS_SHA256 else (f"it was {VECTORS_SHA256}",)
    yield Figure(name="results of all vectors", value=found, too_much=changed)


def _same_shape(name: str, lines: Sequence[bool], most_percent: int) -> Figure:
    percent = 100 * sum(lines) / max(len(lines), 1)
    return Figure(
        name=name,
        value=f"{percent:.1f}% ({sum(lines)} of {len(lines)} lines)",
        too_much=(f"more than {most_percent}%",) if percent > most_percent else (),
    )


def _counted(name: str, found: tuple[str, ...], most: int) -> Figure:
    return Figure(
        name=name,
        value=f"{len(found)} (at most {most})",
        too_much=found if len(found) > most else (),
    )


def main() -> int:
    found = list(figures(ROOT))
    for figure in found:
        sys.stdout.write(f"{figure.name:<36}{figure.value}\n")
        for each in figure.too_much:
            sys.stdout.write(f"    {each}\n")
    return 1 if any(figure.too_much for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
