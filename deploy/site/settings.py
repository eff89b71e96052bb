"""The reference of the settings, made from the settings of the parts and what is said of them."""

from pathlib import Path

from congvu_kit.service.settings import PLATFORM_NAMES
from congvu_kit.tools.env_example import meanings, variables
from deploy.site.words import Words, cell


def pages(root: Path, words: Words) -> dict[str, str]:
    told = meanings(root)
    lines = [
        f"# {words('Settings', 'Cấu hình')}\n",
        words(
            "Every environment variable of every part. A name that no part knows ends the start. "
            "`NAME_FILE`, where there is one, is a file with the value.\n",
            "Toàn bộ biến môi trường của các thành phần. Tên không thành phần nào biết sẽ làm dừng "
            "khởi động. `NAME_FILE` (nếu có) là tệp chứa giá trị.\n",
        ),
        words.row("variable", "meaning", "unit", "default", "parts"),
    ]
    found = variables(root)
    for name, variable in sorted(found.items()):
        meaning = told[name]
        twin = f"{name}_FILE" in PLATFORM_NAMES - found.keys()
        default = words("needed", "bắt buộc") if variable.needed else _code(variable.default)
        means = cell(words.of(words(meaning["means"], meaning["vi"])))
        lines.append(
            f"| `{name}`{' (`_FILE`)' if twin else ''} | {means} "
            f"| {words.unit(meaning.get('unit', ''))} | {default} | {', '.join(variable.parts)} |"
        )
    return {"reference/settings.md": "\n".join(lines) + "\n"}


def _code(default: str) -> str:
    return f"`{cell(default)}`" if default else ""
