"""The policies a conformance file names: its own, written out or by path, then the shipped ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from congvu_kit.domain.errors import Invalid, NotFound
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import Policy
from congvu_scoring.common.spelling import meant
from congvu_scoring.documents.policy_files import load_policy, shipped_policies, shipped_policy
from congvu_scoring.documents.yaml_documents import read_yaml


class Policies:
    """An unreadable policy is told once, in `unreadable`, and fails each of its cases."""

    def __init__(self, entries: Sequence[object], file: Path) -> None:
        self._own: dict[str, Policy | Invalid] = {}
        self.unreadable: list[tuple[str, Invalid]] = []
        for index, entry in enumerate(entries):
            self._add(f"policies[{index}]", entry, file)

    def _add(self, name: str, entry: object, file: Path) -> None:
        source, document = f"{file}: {name}", entry
        try:
            if isinstance(entry, str):
                source = str(file.parent / entry)
                document = read_yaml(file.parent / entry)
            policy_id = _id_of(document, source)
        except Invalid as error:
            self.unreadable.append((name, error))
            return
        try:
            self._own[policy_id] = load_policy(document, f"{source} {policy_id}")
        except Invalid as error:
            self.unreadable.append((name, error))
            self._own[policy_id] = error

    def find(self, ref: str) -> Policy:
        """By `id` or `id@version`; the file's own come first."""
        policy_id, _, version = ref.partition("@")
        policy = self._own.get(policy_id)
        if isinstance(policy, Invalid):
            raise policy
        if policy is not None and version in ("", str(policy.version)):
            return policy
        if policy is None and policy_id in shipped_policies():
            return shipped_policy(ref)
        hint = meant(policy_id, (*self._own, *shipped_policies()))
        raise NotFound(
            en=f"no policy {ref!r}{hint.en}; give it under policies: in this file, "
            "written out or as the path of its file; see shipped ones with congvu policy list",
            vi=f"Không có quy chế {vi_text(ref)}{hint.vi}. Vui lòng ghi quy chế trong mục "
            "«policies» của tệp này, hoặc ghi đường dẫn tệp; xem quy chế có sẵn bằng lệnh "
            "«congvu policy list».",
            field="policy",
        )


def _id_of(document: object, source: str) -> str:
    policy_id = document.get("id") if isinstance(document, Mapping) else None
    if not isinstance(policy_id, str):
        raise Invalid(en=f"{source}: a policy needs an id", vi=f"{source}: quy chế phải có mã.")
    return policy_id
