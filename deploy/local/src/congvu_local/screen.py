"""What stands on the screen when the platform is ready: it fits 80 columns and 24 lines with the
cursor below it, and holds no token, since screens are shown to others and scroll away."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.speech import said
from congvu_local.showcase import Caller
from congvu_local.tokens import HOURS

QUERY = '{"query":"{ workProducts(first: 2) { edges { node { code nameVi } } } }"}'
"""Anybody may ask it, and it fits a line."""

PATH_MAX_CHARS = 20
"""Of the command's path; `.venv/bin/congvu` has 16."""

PAGES = (
    ("/graphql", "Thử truy vấn", "Playground"),
    ("/cong-khai", "Trang công khai", "Public pages"),
    ("/ket-qua", "Kết quả của tôi", "Own result"),
    ("/bien-nhan", "Kiểm tra biên nhận", "Check a receipt"),
)


def welcome(base_url: str, callers: Sequence[Caller]) -> Iterator[str]:
    """Line by line."""
    yield ""
    for path, vi, en in PAGES:
        yield f"{said(vi=vi, en=en):<20} {base_url}{path}"
    yield said(
        vi=f"Vai trò (lấy mã {HOURS} giờ: {_command()} token --as VAI-TRÒ):",
        en=f"Who you can be (a token for {HOURS} hours: {_command()} token --as ROLE):",
    )
    for caller in callers:
        yield f"  {caller['role']:<20} {_who(caller)}"
    yield said(vi="Truy vấn đầu tiên:", en="A first query:")
    yield f"  curl -s {base_url}/graphql -H 'content-type: application/json' \\"
    yield f"  -d '{QUERY}'"
    yield said(vi="Đã sẵn sàng. Ctrl-C để dừng tất cả.", en="Ready. Ctrl-C stops everything.")


def _who(caller: Caller) -> str:
    """Without demo data nobody stands behind a role, which is then said in words."""
    role, who = str(caller["role"]), str(caller["label"])
    return who if who != role else label("Role", role, language_of(os.environ))


def _command() -> str:
    """This command as it is typed here: by its name where the shell finds it, or it lies far."""
    own = Path(sys.argv[0]).absolute()
    near = os.path.relpath(own)
    found = shutil.which(own.name) == str(own)
    return own.name if found or len(near) > PATH_MAX_CHARS else near
