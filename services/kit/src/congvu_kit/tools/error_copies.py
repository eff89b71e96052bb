"""`--errors COPY`: what an import refuses is written into a copy of its sheet."""

import base64
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from congvu_kit.adapters.boxes import MIB, OWN_FILES, Boxes, InFile
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.marking import Remark, as_sent, marked
from congvu_kit.adapters.tabular import Layout
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said, tell_next

Errors = Annotated[
    Path | None,
    typer.Option(
        "--errors",
        metavar="COPY",
        dir_okay=False,
        help="Where something is refused: a copy of the sheet with each error beside its cell.",
    ),
]

SHEETS = (".xlsx", ".csv")

COPIES: Final = replace(OWN_FILES, file_bytes=100 * MIB)
"""The writer of workbooks keeps each sheet in a file while it works."""


@contextmanager
def new_template(file: Path, check: str) -> Iterator[None]:
    """While a template is written; then it is told, with the command that checks what was filled
    in. Raise `Failure` where none can be: a file that is there is never lost."""
    if file.suffix.lower() not in SHEETS:
        raise Failure(
            vi=f"{file.name}: tên tệp phải có đuôi .xlsx hoặc .csv.",
            en=f"{file.name} is none of .xlsx, .csv",
        )
    if file.exists():
        raise Failure(
            vi=f"{file}: tệp đã có và được giữ nguyên. Vui lòng chọn tên khác.",
            en=f"{file} is there already and stays as it is: choose another name",
        )
    yield
    typer.echo(said(vi=f"Đã ghi biểu mẫu vào {file}.", en=f"template written to {file}"))
    tell_next(check, vi="điền xong thì kiểm tra", en="when it is filled in, check it")


def require_copy(file: Path, copy: Path | None) -> None:
    """Before anything is sent. Raise `Failure`."""
    if copy is None:
        return
    form = file.suffix.lower()
    if form not in SHEETS:
        raise Failure(
            vi="--errors chỉ dùng với tệp .xlsx hoặc .csv. Với tệp .json, hãy bỏ --errors: mỗi lỗi "
            "nêu thứ tự của mục và tên trường.",
            en="--errors is for a file that ends with .xlsx or .csv; of a .json every error names "
            "the entry by its number and the field: leave --errors out",
        )
    if copy.suffix.lower() != form:
        raise Failure(
            vi=f"Tên bản sao sau --errors phải có đuôi {form} như tệp gốc.",
            en=f"the copy that --errors names ends with {form}, as the file does",
        )
    if copy.resolve() == file.resolve():
        raise Failure(
            vi="Bản sao sau --errors phải khác tệp gốc.",
            en="--errors names another file than the one that is read",
        )


@contextmanager
def headings_told(file: Path, copy: Path | None, encoding: Encoding | None) -> Iterator[None]:
    """Around the reading: where a sheet is refused for its headings, the copy says so there. Raise
    `Failure` for a copy that cannot be."""
    require_copy(file, copy)
    try:
        yield
    except InFile as refused:
        layouts = {
            place["sheet"]: Layout(
                sheet=place["sheet"], heading=place["line"], columns={}, titles={}
            )
            for place in refused.at
        }
        errors = ErrorCopy(file, copy, list(layouts.values()), encoding)
        for place in refused.at:
            where = {name: place[name] for name in ("sheet", "line", "column", "title")}
            errors.remarks.append(Remark(**where, text=said(vi=place["vi"], en=place["en"])))
        errors.write()
        raise


@dataclass
class ErrorCopy:
    """The copy of `file` at `target`, and what is to be written into it."""

    file: Path
    target: Path | None
    layouts: Sequence[Layout]
    encoding: Encoding | None
    remarks: list[Remark] = field(default_factory=list)

    def write(self) -> None:
        """Nothing where nothing is wrong, or none was asked for."""
        if self.target is None or not self.remarks:
            return
        sent = as_sent(self.layouts, self.remarks)
        language = language_of(os.environ)
        boxes, path = Boxes(limits=COPIES), str(self.file)
        made = boxes.run(marked, path, sent, language, self.encoding, field=path)
        self.target.write_bytes(base64.b64decode(made["content"]))
        count = len({(each.sheet, each.line) for each in self.remarks})
        typer.echo(
            said(
                vi=f"Đã ghi lỗi của {count} dòng vào {self.target}.",
                en=f"the errors of {count} lines are written into {self.target}",
            ),
            err=True,
        )
        if made["left_out"]:
            typer.echo(f"{self.target.name}: {made['left_out']}", err=True)
