"""Work of a period from a sheet: what is assigned already, and the call that takes the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from congvu_kit.tools.client import Gateway
from evaluation_service.adapters.cli.group_work import (
    Line,
    alone,
    group_input,
    grouped,
    not_formed,
    row_in_group,
    unfit_groups,
)
from evaluation_service.adapters.cli.list_calls import (
    GONE,
    Fields,
    Names,
    Row,
    Unfit,
    period_of,
)

RELEASE = """
query ReleaseOfList($id: ID!) { catalogueRelease(id: $id) { versionIds } }"""

ASSIGNED = """
query AssignedOfList($period: ID!, $after: String) {
  assignments(filter: {periodId: $period}, first: 50, after: $after) {
    edges { node {
      state source assigned quantityFrom dueOn share civilServant { id } version { id }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

ASSIGN = """
mutation AssignOfList($input: AssignWorkBulkInput!) {
  assignWorkBulk(input: $input) {
    ... on AssignedReport { results { problem { code message field ruleId } } }
    ... on Problem { code message field ruleId }
  }
}"""

ASSIGN_GROUP = """
mutation AssignGroupOfList($input: AssignGroupWorkInput!) {
  assignGroupWork(input: $input) {
    ... on WorkGroup { id }
    ... on Problem { code message field ruleId }
  }
}"""


@dataclass
class _Assigned:
    """A piece of work that is there, for one line of a sheet to find."""

    person: str
    version: str
    quantity: Decimal | None
    source: str
    due_on: str
    share: Decimal | None

    def is_that(self, row: Row) -> bool:
        quantity, share = row.get("quantity"), row.get("share")
        return (
            (self.person, self.version, self.source)
            == (row["civilServantId"], row["versionId"], row.get("source", "PLAN"))
            and self.share == (None if share is None else Decimal(share))
            and self.quantity == (None if quantity is None else Decimal(quantity))
            and row.get("dueOn") in (None, self.due_on)
        )


class AssignmentCalls:
    """Work of a period."""

    columns: ClassVar[Mapping[str, str]] = {
        "civilServantId": "person",
        "appointmentId": "person",
        "versionId": "product",
        "quantity": "quantity",
        "quantityFrom": "quantityFrom",
        "dueOn": "dueOn",
        "source": "source",
        "group": "group",
        "members": "share",
    }

    def __init__(self, gateway: Gateway, period: str, advance: Callable[[int], None]) -> None:
        self._gateway, self._period = gateway, period
        self._names = Names(gateway)
        self._releases = period_of(gateway, period)["releaseIds"]
        self._newest: dict[str, int] | None = None
        self._there = []
        for each in gateway.pages(ASSIGNED, "assignments", {"period": period}):
            advance(1)
            if each["state"] not in GONE and each["civilServant"] is not None:
                self._there.append(_assigned(each))

    def row(self, fields: Fields) -> Row | None:
        if fields.get("state") in GONE:
            return None
        row = {
            "civilServantId": self._names.person(fields),
            "versionId": self._version(fields),
            **{name: fields[name] for name in _GIVEN if name in fields},
            **row_in_group(fields),
        }
        if row.get("quantityFrom", "GIVEN") != "GIVEN":
            # An export says what the dossiers came to.
            row.pop("quantity", None)
        same = next((each for each in self._there if each.is_that(row)), None)
        if same is None:
            _require_new(fields)
            return row
        # A line that stands twice means two pieces of work.
        self._there.remove(same)
        return None

    def _version(self, fields: Fields) -> str:
        code, at, _ = str(fields["product"]).partition("@")
        if at:
            return str(fields["product"])
        if "version" in fields:
            return f"{code}@{fields['version']}"
        newest = self._newest_of_period().get(code)
        if newest is None:
            raise Unfit(
                "product",
                vi="Danh mục của kỳ không có mã này.",
                en="no release of the period has this code",
            )
        return f"{code}@{newest}"

    def _newest_of_period(self) -> Mapping[str, int]:
        if self._newest is None:
            self._newest = {}
            for id in self._releases:
                release = self._gateway.query(RELEASE, {"id": id})["catalogueRelease"]
                for version in release["versionIds"]:
                    code, _, number = version.rpartition("@")
                    self._newest[code] = max(int(number), self._newest.get(code, 0))
        return self._newest

    def send(self, rows: Sequence[Row], key: str, *, dry_run: bool) -> Sequence[Fields | None]:
        """A group is one call of its own; in a dry run each member is asked for alone."""
        problems: list[Fields | None] = [None] * len(rows)
        groups = list(grouped(rows).values())
        apart = [at for at, row in enumerate(rows) if dry_run or "group" not in row]
        if apart:
            asked = [alone(rows[at]) for at in apart]
            given = {"idempotencyKey": key, "periodId": self._period, "dryRun": dry_run}
            report = self._gateway.mutate(ASSIGN, "assignWorkBulk", {**given, "rows": asked})
            for at, each in zip(apart, report["results"], strict=True):
                problems[at] = each["problem"]
        for number, members in enumerate(groups):
            if dry_run:
                is_whole = all(problems[at] is None for at in members)
                found = None if is_whole else not_formed()
            else:
                found = self._form([rows[at] for at in members], f"{key}-{number}")
            for at in members:
                problems[at] = problems[at] or found
        return problems

    def _form(self, rows: Sequence[Row], key: str) -> Fields | None:
        """Why it is refused."""
        given = {"idempotencyKey": key, "periodId": self._period, **group_input(rows)}
        found: Fields = self._gateway.query(ASSIGN_GROUP, {"input": given})["assignGroupWork"]
        return found if "message" in found else None

    def unfit(self, lines: Sequence[Line]) -> Iterator[tuple[int, Unfit]]:
        return unfit_groups(lines)


_GIVEN: Final = ("quantity", "quantityFrom", "dueOn", "source")


def _require_new(fields: Fields) -> None:
    """Raise `Unfit` for what no list can assign anew."""
    if "continues" in fields:
        raise Unfit(
            "continues",
            vi="Việc tiếp tục việc trước cần lý do. Vui lòng chuyển kỳ hoặc chuyển người "
            "thực hiện trên nền tảng, hoặc xóa ô này để giao thành việc mới.",
            en="what goes on with earlier work needs a reason: use carryOverAssignment or "
            "transferAssignment, or clear this cell to assign it as new work",
        )
    if ("share" in fields) != ("group" in fields):
        raise Unfit(
            "group" if "share" in fields else "share",
            vi="Việc nhóm cần ghi cả nhóm và tỷ lệ.",
            en="work of a group names both the group and the share",
        )
    if "group" in fields and fields.get("quantityFrom", "GIVEN") != "GIVEN":
        raise Unfit(
            "quantityFrom",
            vi="Việc nhóm phải có số lượng giao.",
            en="work of a group has a quantity that is given",
        )


def _assigned(node: Fields) -> _Assigned:
    given = node["quantityFrom"] == "GIVEN"
    return _Assigned(
        person=node["civilServant"]["id"],
        version=node["version"]["id"],
        quantity=Decimal(node["assigned"]) if given else None,
        source=node["source"],
        due_on=node["dueOn"],
        share=None if node["share"] is None else Decimal(node["share"]),
    )
