"""Acting posts act: who stands in for a head is a head, for the days of it (E-I10)."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Forbidden
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    LAN_ID,
    MINH_ID,
    OFFICE,
    person,
)
from evaluation.scenes import JULY, OCTOBER, evaluation_of
from evaluation_service.domain.personnel.servants import (
    Appointment,
    AppointmentRole,
    CivilServant,
)

STAFF, DEPUTY, HEAD = AppointmentRole.STAFF, AppointmentRole.DEPUTY, AppointmentRole.HEAD


def post(
    role: AppointmentRole, unit: str, since: date, until: date | None, acting: str | None
) -> Appointment:
    return Appointment(
        appointment_id=f"{unit}-{role}-{since}",
        unit_id=unit,
        position_code="P",
        duty_group="g",
        role=role,
        acting_for=acting,
        field_unit_ids=(),
        valid_from=since,
        valid_to=until,
    )


def rated_as(*posts: tuple[AppointmentRole, str, date, date | None, str | None]) -> object:
    servant = CivilServant(
        id="cs_1",
        external_refs=(),
        full_name="Lê Thị Phó",
        province="56",
        appointments=tuple(post(*each) for each in posts),
    )
    main = servant.main_in(JULY, OCTOBER)
    return main and (main.unit_id, main.role)


SINCE = scenes.SINCE
OWN = (DEPUTY, "X", SINCE, None, None)


@pytest.mark.parametrize(
    ("acting", "expected"),
    [
        ((HEAD, "X", JULY, None, "Chủ tịch"), HEAD),
        ((HEAD, "X", date(2026, 8, 1), None, "Chủ tịch"), HEAD),
        ((HEAD, "X", date(2026, 9, 25), None, "Chủ tịch"), DEPUTY),
        ((HEAD, "X", SINCE, date(2026, 9, 1), "Chủ tịch"), HEAD),
        ((HEAD, "X", SINCE, date(2026, 8, 16), "Chủ tịch"), DEPUTY),
        ((HEAD, "X", SINCE, date(2026, 8, 17), "Chủ tịch"), HEAD),
        ((STAFF, "X", JULY, None, "Văn thư"), DEPUTY),
    ],
)
def test_E_I10_who_acts_for_most_of_the_period_is_rated_as_acting(
    acting: tuple[AppointmentRole, str, date, date | None, str | None], expected: AppointmentRole
) -> None:
    """46 of the quarter's 92 days are not more than half of them."""
    assert rated_as(OWN, acting) == rated_as(acting, OWN) == ("X", expected)


def test_E_I10_an_acting_post_alone_counts() -> None:
    assert rated_as((HEAD, "X", date(2026, 9, 25), None, "Chủ tịch")) == ("X", HEAD)


def test_E_I10_who_acted_before_moving_away_is_rated_where_they_went() -> None:
    moved = date(2026, 9, 15)

    rated = rated_as(
        (DEPUTY, "X", SINCE, moved, None),
        (HEAD, "X", JULY, moved, "Chủ tịch"),
        (STAFF, "Y", moved, None, None),
    )

    assert rated == ("Y", STAFF)


async def deputy_acts(uow: MemoryUnitOfWork) -> None:
    """In the office, whose head is away."""
    await scenes.commune(uow)
    row = scenes.person_row(
        "cb-012",
        "Đỗ Quang Minh",
        scenes.appointment_row("H32.31.07.1", "HO-TICH"),
        replace(
            scenes.appointment_row(
                "H32.31.07.1", "TRUONG-PHONG", AppointmentRole.HEAD, valid_from=JULY
            ),
            acting_for="Trưởng phòng",
        ),
    )
    assert (await scenes.sync(uow, people=[row])).refused == 0


async def test_E_I4_who_acts_as_head_is_led_from_above(uow: MemoryUnitOfWork) -> None:
    """In any of their posts, else those they lead would rate them."""
    await deputy_acts(uow)
    period = await scenes.open_period(uow)
    beside = person("beside", Role.MANAGER, unit=OFFICE, officer=LAN_ID)

    with pytest.raises(Forbidden):
        await scenes.rate(uow, period, MINH_ID, actor=beside)
    given = await scenes.rate(uow, period, MINH_ID, actor=CHAIR)

    assert given.role is AppointmentRole.HEAD


async def test_E_I10_who_acts_as_head_is_scored_as_one_and_answers_for_the_unit(
    uow: MemoryUnitOfWork,
) -> None:
    await deputy_acts(uow)
    period = await scenes.open_period(uow)
    lan = person("lan", Role.OFFICER, unit=OFFICE, officer=LAN_ID)
    await scenes.do_all(uow, period, lan, done="1", assigned="100")
    minh = person("minh", Role.OFFICER, unit=OFFICE, officer=MINH_ID)
    await scenes.do_all(uow, period, minh)
    await scenes.reviewed(uow, period)

    acting = await evaluation_of(uow, period, MINH_ID)

    assert acting.sheet is not None
    assert acting.role is AppointmentRole.HEAD
    assert acting.sheet.policy.policy_id == "ND335-2025-LEADER"
    assert '"not_completed":"1"' in acting.sheet.snapshot
