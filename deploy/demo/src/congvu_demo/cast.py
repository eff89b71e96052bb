"""Who acts in the demo: one caller for each role, with the claims its token carries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from congvu_demo.client import Caller
from congvu_demo.dataset import Dataset, Person
from congvu_kit.domain.actor import Role

TokenFor = Callable[..., str]
"""As `congvu_local.platform.Platform.token_for`."""


@dataclass(frozen=True)
class Cast:
    """Tokens are signed when they are first needed."""

    data: Dataset
    token_for: TokenFor

    def _caller(self, name: str, *roles: Role, **claims: str | None) -> Caller:
        return Caller(name, self.token_for(*roles, province=self.data.province, **claims))

    @cached_property
    def hrm(self) -> Caller:
        return self._caller("hệ thống nhân sự", Role.PERSONNEL_SYNC, subject="hrm.khanhhoa")

    @cached_property
    def commune_editor(self) -> Caller:
        return self._caller(
            "người soạn danh mục xã",
            Role.CATALOGUE_EDITOR,
            unit=self._commune_id,
            officer=self.data.civil_servant_id("CB012"),
        )

    @cached_property
    def province_editor(self) -> Caller:
        return self._caller("người soạn danh mục tỉnh", Role.CATALOGUE_EDITOR, subject="editor.h32")

    @cached_property
    def appraiser(self) -> Caller:
        return self._caller(
            "Sở Nội vụ thẩm định",
            Role.CATALOGUE_APPRAISER,
            unit=self.data.unit_id("H32.02"),
            officer=self.data.civil_servant_id("CB102"),
        )

    @cached_property
    def committee(self) -> Caller:
        return self._caller(
            "Ban chỉ đạo vị trí việc làm", Role.STEERING_COMMITTEE, subject="steering.h32"
        )

    @cached_property
    def chair(self) -> Caller:
        """Head of the commune: issues its group C, leads its deputies and heads of department."""
        return self.leader("CB001")

    @cached_property
    def chair_who_drafts(self) -> Caller:
        """The chair with the editor's role as well: nobody approves their own draft (C-I3)."""
        return self._caller(
            "Chủ tịch Ủy ban nhân dân xã kiêm soạn thảo",
            Role.UNIT_HEAD,
            Role.CATALOGUE_EDITOR,
            unit=self._commune_id,
            officer=self.data.civil_servant_id("CB001"),
        )

    @cached_property
    def period_admin(self) -> Caller:
        return self._caller("quản trị kỳ đánh giá", Role.PERIOD_ADMIN, subject="periods.h32")

    @cached_property
    def portal(self) -> Caller:
        return self._caller("Cổng Dịch vụ công", Role.SERVICE_PORTAL, subject="portal.h32")

    @cached_property
    def portal_elsewhere(self) -> Caller:
        token = self.token_for(Role.SERVICE_PORTAL, province="79", subject="portal.h79")
        return Caller("Cổng Dịch vụ công tỉnh khác", token)

    @cached_property
    def board(self) -> Caller:
        return self._caller(
            "Hội đồng đánh giá, xếp loại",
            Role.REVIEW_BOARD,
            subject="board.h32",
            officer="cs_board_h32",
        )

    @cached_property
    def auditor(self) -> Caller:
        return self._caller("người kiểm tra, giám sát", Role.AUDITOR, subject="auditor.h32")

    @cached_property
    def stranger(self) -> Caller:
        """An auditor whose province is another one."""
        token = self.token_for(Role.AUDITOR, province="79", subject="auditor.h79")
        return Caller("người kiểm tra, giám sát tỉnh khác", token)

    @cached_property
    def citizen(self) -> Caller:
        return self._caller("người dân", Role.CITIZEN, subject="vneid-demo-citizen")

    def officer(self, number: str) -> Caller:
        """A person as an officer: reports, claims and appeals for themselves."""
        person = self.data.people[number]
        return self._caller(
            person.full_name,
            Role.OFFICER,
            unit=self.data.unit_id(person.unit),
            officer=self.data.civil_servant_id(number),
        )

    def leader(self, number: str) -> Caller:
        """A person as the one who leads others: assigns, accepts and scores."""
        person = self.data.people[number]
        role = Role.UNIT_HEAD if person.role == "HEAD" else Role.MANAGER
        return self._caller(
            person.full_name,
            role,
            unit=self.data.unit_id(person.unit),
            officer=self.data.civil_servant_id(number),
        )

    def officer_who_manages(self, number: str) -> Caller:
        """The same person with the manager's role as well: nobody checks own work (E-I4)."""
        person = self.data.people[number]
        return self._caller(
            f"{person.full_name} kiêm quản lý",
            Role.OFFICER,
            Role.MANAGER,
            unit=self.data.unit_id(person.unit),
            officer=self.data.civil_servant_id(number),
        )

    def superior(self, number: str) -> Caller:
        return self.leader(self._superior(number).number)

    def _superior(self, number: str) -> Person:
        return self.data.superior_of(number)

    @property
    def _commune_id(self) -> str:
        return self.data.unit_id(self.data.commune)
