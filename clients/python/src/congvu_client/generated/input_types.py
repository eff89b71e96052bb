from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Optional

from congvu_client.scalars import decimal_text, instant_text
from pydantic import Field, PlainSerializer

from .base_model import BaseModel
from .enums import (
    Answer,
    AppointmentRole,
    AssignmentState,
    CatalogueGroup,
    Channel,
    DossierEnd,
    Driver,
    EvaluationPeriodKind,
    EvaluationPeriodState,
    EvaluationState,
    FeedbackKind,
    Identity,
    Kind,
    LocalityType,
    QuantityFrom,
    SubmitterType,
    SyncForm,
    SyncMode,
    UnitLevel,
    WorkProductVersionState,
    WorkSource,
)


class WorkProductVersionFilter(BaseModel):
    """Versions of your own province, whatever their state.

    Các phiên bản của tỉnh mình, ở mọi trạng thái."""

    state: Optional[WorkProductVersionState] = None
    "State.\n\nTrạng thái."
    group: Optional[CatalogueGroup] = None
    "Group.\n\nNhóm."
    unit_id: Optional[str] = None
    "Unit.\n\nĐơn vị."


class AcceptGapsInput(BaseModel):
    """Why the inputs are fixed though something is missing.

    Lý do chốt số liệu dù còn thiếu."""

    reason: str
    "The reason, up to 4000 characters; it is on record.\n\nLý do, tối đa 4000 ký tự; được lưu lại."


class AcceptWorkInput(BaseModel):
    """A check of the last report, passed.

    Nghiệm thu báo cáo gần nhất, đạt."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    assignment_id: str
    "A reported assignment.\n\nViệc đã có báo cáo."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many are accepted, at most what is left of the quantity assigned; default all that were reported.\n\nSố lượng nghiệm thu, không quá số còn lại của số được giao; mặc định là toàn bộ số đã báo cáo."
    quality_failures: int = 0
    "How many of them failed in quality.\n\nTrong đó, số không đạt chất lượng."
    reason: Optional[str] = None
    "Why.\n\nLý do."


class AppointmentRowInput(BaseModel):
    """A person in a position of a unit.

    Việc bố trí một người vào một vị trí của một đơn vị."""

    unit_ref: "ExternalRefInput"
    "The unit that bears this id on the first day; sent before or here.\n\nĐơn vị mang mã này vào ngày đầu tiên; gửi trước hoặc gửi cùng."
    position_code: str
    "The position in the unit's province, sent before or here.\n\nVị trí việc làm trong tỉnh của đơn vị, gửi trước hoặc gửi cùng."
    role: AppointmentRole
    "Role.\n\nVai trò."
    valid_from: date
    "From this day.\n\nTừ ngày này."
    valid_to: Optional[date] = None
    "Until before this day. Null: it has no end.\n\nĐến trước ngày này. Để trống: không có ngày kết thúc."
    duty_group: Optional[str] = None
    "Null, and for a new one: the position's.\n\nĐể trống, với việc bố trí mới: theo vị trí việc làm."
    acting_for: Optional[str] = None
    "Whom or which post the person stands in for; `role` is then the role acted in.\n\nNgười hoặc chức vụ được thay (quyền, phụ trách); khi đó `role` là vai trò đảm nhận."
    field_unit_refs: Optional[list["ExternalRefInput"]] = None
    "Units a deputy is in charge of, up to 20.\n\nCác đơn vị do cấp phó phụ trách, tối đa 20."


class AsInInput(BaseModel):
    """As in an earlier period.

    Như kỳ trước."""

    period_id: str
    "The earlier period.\n\nKỳ trước."
    unit_id: str
    "The unit, and all below it.\n\nĐơn vị và mọi đơn vị trực thuộc."


class AssignWorkBulkInput(BaseModel):
    """Work for many at once; up to 500 pieces from all three together.

    Giao việc cho nhiều người một lần; tối đa 500 việc tính chung cả ba cách."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    period_id: str
    "An open period.\n\nMột kỳ đang mở."
    rows: list["WorkRowInput"] = Field(default_factory=lambda: [])
    "One by one; each succeeds or is refused on its own.\n\nTừng dòng một; mỗi dòng được nhận hoặc bị từ chối riêng."
    everybody: Optional["EverybodyInput"] = None
    "For all in a unit, or in one position of it; who has the product is passed over.\n\nCho tất cả người trong một đơn vị, hoặc giữ một vị trí trong đơn vị; người đã có sản phẩm đó được bỏ qua."
    as_in: Optional["AsInInput"] = None
    "What was planned then, for those who are still there: the newest version of each product in this period's releases, the same quantity, due as long after the first day. A group comes again in its shares, or, when one of it cannot, not at all.\n\nNhững việc đã giao ở kỳ đó, cho những người vẫn còn công tác: phiên bản mới nhất của từng sản phẩm trong các bản phát hành của kỳ này, cùng số lượng, thời hạn cách ngày đầu kỳ như cũ. Việc theo nhóm được giao lại đúng tỷ lệ, hoặc không giao nếu có người trong nhóm không thể nhận."
    dry_run: bool = False
    "Only say what would become of each.\n\nChỉ cho biết kết quả dự kiến của từng dòng."


class AssignWorkInput(BaseModel):
    """A quantity of one catalogue version for one person.

    Một số lượng của một phiên bản trong danh mục, giao cho một người."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    version_id: str
    "code@n, in one of the period's releases.\n\nDạng mã@số, thuộc một bản phát hành của kỳ."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many each, more than 0; null with quantityFrom DOSSIERS.\n\nSố lượng mỗi người, lớn hơn 0; để trống khi quantityFrom là DOSSIERS."
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    "Who decides it.\n\nCăn cứ xác định số lượng."
    due_on: Optional[date] = None
    "Due date, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today.\n\nHạn hoàn thành, trong kỳ. Mặc định: thời hạn của sản phẩm, đã điều chỉnh theo đơn vị, tính theo ngày làm việc kể từ hôm nay."
    source: WorkSource = WorkSource.PLAN
    "Why.\n\nLý do."
    period_id: str
    "An open period.\n\nMột kỳ đang mở."
    civil_servant_id: str
    "Who does it.\n\nNgười thực hiện."
    appointment_id: Optional[str] = None
    "Default: the appointment the person is rated in.\n\nMặc định: việc bố trí dùng để đánh giá người đó."


class AssignmentFilter(BaseModel):
    """Which assignments; every condition must hold.

    Những việc nào; phải thỏa mãn mọi điều kiện."""

    period_id: Optional[str] = None
    "One period.\n\nMột kỳ."
    unit_id: Optional[str] = None
    "A unit and all below it.\n\nMột đơn vị và mọi đơn vị trực thuộc."
    civil_servant_id: Optional[str] = None
    "One person.\n\nMột công chức."
    state: Optional[AssignmentState] = None
    "Its state.\n\nTrạng thái cần lọc."


class DossierEventInput(BaseModel):
    """What the one-stop portal says of a dossier.

    Thông tin Cổng Dịch vụ công gửi về một hồ sơ."""

    dossier_code: str
    "The code of an agency, a day and a number: H32.10.05-261122-0001, or 000.00.18.G12-261122-0001.\n\nMã định danh cơ quan, ngày và số thứ tự: H32.10.05-261122-0001 hoặc 000.00.18.G12-261122-0001."
    procedure_code: str
    "Code of the procedure, e.g. 1.001193, or with its agency 1.001193.H32; capitals and blanks make no difference.\n\nMã thủ tục, ví dụ 1.001193, hoặc kèm mã cơ quan 1.001193.H32; không phân biệt chữ hoa và dấu cách."
    received_at: Annotated[datetime, PlainSerializer(instant_text)]
    "When it was received.\n\nThời điểm tiếp nhận."
    due_at: Annotated[datetime, PlainSerializer(instant_text)]
    "When the result was due.\n\nHạn trả kết quả."
    completed_at: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "When the result was handed over, or the dossier withdrawn; null while open.\n\nThời điểm trả kết quả hoặc rút hồ sơ; để trống khi đang giải quyết."
    ended_as: DossierEnd = DossierEnd.DONE
    "How it ended, when it did.\n\nCách kết thúc, khi đã kết thúc."
    unit_id: Optional[str] = None
    "Our id, or:\n\nMã của nền tảng, hoặc:"
    unit_ref: Optional["ExternalRefInput"] = None
    "the unit by the personnel system's id.\n\nđơn vị theo mã của hệ thống nhân sự."
    civil_servant_id: Optional[str] = None
    "Our id, or:\n\nMã của nền tảng, hoặc:"
    civil_servant_ref: Optional["ExternalRefInput"] = None
    "the officer by the personnel system's id.\n\ncông chức theo mã của hệ thống nhân sự."
    handlers: list["DossierHandlerInput"] = Field(default_factory=lambda: [])
    "Instead of one officer: up to 10 who handled it together.\n\nThay cho một công chức: tối đa 10 người cùng giải quyết."
    applicant_hash: Optional[str] = None
    "Who may rate it (F-I10), told without saying who: the SHA-256, in 64 lower-case hexadecimal digits, of `congvu-applicant-v1`, the dossier's code, its rating code and the applicant's subject in lower case, one a line. Without one nobody can rate it; it may be told later, once.\n\nNgười được đánh giá hồ sơ (F-I10), không để lộ danh tính: mã băm SHA-256, gồm 64 chữ số thập lục phân viết thường, của `congvu-applicant-v1`, mã hồ sơ, mã đánh giá và mã tài khoản người nộp viết thường, mỗi mục một dòng. Không có thì không ai đánh giá được; có thể gửi sau, một lần."


class DossierHandlerInput(BaseModel):
    """One of several officers who handled a dossier.

    Một trong các công chức cùng giải quyết hồ sơ."""

    part: Annotated[Decimal, PlainSerializer(decimal_text)]
    "Their part of it, such as 0.5; the parts sum to exactly 1.\n\nPhần của người đó, ví dụ 0,5; tổng các phần bằng đúng 1."
    civil_servant_id: Optional[str] = None
    "Our id, or:\n\nMã của nền tảng, hoặc:"
    civil_servant_ref: Optional["ExternalRefInput"] = None
    "the officer by the personnel system's id.\n\ncông chức theo mã của hệ thống nhân sự."


class EvaluationFilter(BaseModel):
    """Which evaluations; every condition must hold.

    Những phiếu nào; phải thỏa mãn mọi điều kiện."""

    period_id: Optional[str] = None
    "One period.\n\nMột kỳ."
    unit_id: Optional[str] = None
    "A unit and all below it.\n\nMột đơn vị và mọi đơn vị trực thuộc."
    civil_servant_id: Optional[str] = None
    "One person.\n\nMột công chức."
    band: Optional[str] = None
    "Final band, e.g. HTXS.\n\nMức xếp loại chính thức, ví dụ HTXS."
    state: Optional[EvaluationState] = None
    "Stored state.\n\nTrạng thái lưu trữ."
    updated_since: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Changed at this second or later: with it, or in the order UPDATED, who sees results only once they are published is shown the published ones alone. Whoever keeps a copy asks from two minutes before their last question on, since a change is dated by its beginning.\n\nThay đổi từ giây này trở đi: khi dùng, hoặc khi sắp xếp UPDATED, người chỉ được xem kết quả sau công bố chỉ thấy kết quả đã công bố. Hệ thống giữ bản sao nên hỏi lùi lại hai phút so với lần hỏi trước, vì thay đổi được ghi theo thời điểm bắt đầu."


class EvaluationPeriodFilter(BaseModel):
    """Which periods; every condition must hold.

    Những kỳ nào; phải thỏa mãn mọi điều kiện."""

    province: Optional[str] = None
    "Province code.\n\nMã tỉnh."
    unit_id: Optional[str] = None
    "Periods that cover the unit.\n\nCác kỳ gồm đơn vị này."
    kind: Optional[EvaluationPeriodKind] = None
    "Its length.\n\nLoại kỳ cần lọc."
    state: Optional[EvaluationPeriodState] = None
    "Its state.\n\nTrạng thái cần lọc."


class EverybodyInput(BaseModel):
    """The same work for all whom you lead in a unit and below it.

    Cùng những việc cho tất cả người mình lãnh đạo trong một đơn vị và các đơn vị trực thuộc."""

    unit_id: str
    "The unit, and all below it.\n\nĐơn vị và mọi đơn vị trực thuộc."
    position_code: Optional[str] = None
    "Only who holds this position.\n\nChỉ người giữ vị trí việc làm này."
    work: list["TemplateLineInput"]
    "1 to 50 pieces of work each.\n\nMỗi người từ 1 đến 50 việc."


class ExternalRefInput(BaseModel):
    """How your system calls a thing. Never the 12-digit personal number.

    Cách hệ thống của bên gửi gọi đối tượng. Không dùng số định danh cá nhân 12 chữ số."""

    system: str
    "Your system, e.g. hrm.khanhhoa.\n\nHệ thống của bên gửi, ví dụ hrm.khanhhoa."
    id: str
    "Its id there.\n\nMã của đối tượng tại hệ thống đó."


class FreezePeriodInput(BaseModel):
    """The data cut-off of a period.

    Thời điểm chốt số liệu của một kỳ."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    period_id: str
    "The period.\n\nKỳ đánh giá."
    early: Optional[str] = None
    "Before endsOn: why. Up to 4000 characters; it is on record.\n\nKhi chốt trước endsOn: lý do. Tối đa 4000 ký tự; được lưu lại."
    accept_gaps: Optional["AcceptGapsInput"] = None
    "While periodReadiness tells of blocking gaps: why it is frozen all the same.\n\nKhi periodReadiness còn nội dung cản trở: lý do vẫn chốt."


class LeaveInput(BaseModel):
    """Time not worked, [validFrom, validTo).

    Thời gian không làm việc, [validFrom, validTo)."""

    kind: str
    "Reason, e.g. maternity.\n\nLý do, ví dụ thai sản."
    valid_from: date
    "First day.\n\nNgày đầu kỳ."
    valid_to: date
    "The day after the last.\n\nNgày liền sau ngày cuối cùng."


class ListPersonnelInput(BaseModel):
    """What your whole list holds, up to 5,000 entries a call, for a snapshot of more than 500 rows.

    Toàn bộ danh sách, tối đa 5.000 mục mỗi lần gọi, cho bản chụp trên 500 dòng."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    name: str
    "Any name of yours; the parts of one list have the same, another list another.\n\nTên tùy chọn; các phần của cùng một danh sách dùng chung tên, danh sách khác dùng tên khác."
    province: str
    "Two digits; a ministry's code, as G09.\n\nHai chữ số; mã bộ, ngành như G09."
    units: list["ExternalRefInput"] = Field(default_factory=lambda: [])
    "Units that are in it.\n\nCác đơn vị có trong danh sách."
    position_codes: list[str] = Field(default_factory=lambda: [])
    "Positions that are in it.\n\nCác vị trí việc làm có trong danh sách."
    people: list["ExternalRefInput"] = Field(default_factory=lambda: [])
    "People who are in it.\n\nNhững người có trong danh sách."


class OpenPeriodInput(BaseModel):
    """A period on pinned policies and releases.

    Kỳ đánh giá theo các quy chế và bản phát hành đã chọn."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    name: str
    "Name of the period, up to 120 characters.\n\nTên kỳ, tối đa 120 ký tự."
    kind: EvaluationPeriodKind
    "Kind of period.\n\nLoại kỳ."
    scope_unit_id: str
    "Covers it and all below.\n\nGồm đơn vị này và mọi đơn vị trực thuộc."
    starts_on: date
    "First day.\n\nNgày đầu kỳ."
    ends_on: date
    "The day after the last: 2026-10-01 for a period until 30 September, its `lastDay`.\n\nNgày liền sau ngày cuối kỳ: ghi 2026-10-01 cho kỳ đến hết ngày 30/9, là `lastDay` của kỳ."
    release_ids: list[str]
    "1 to 50 catalogue releases; all their versions must have arrived.\n\nTừ 1 đến 50 bản phát hành danh mục; mọi phiên bản phải đã đến đủ."
    staff_policy: str = "ND335-2025-STAFF"
    "Policy id (newest published version) or id@version.\n\nMã quy chế (phiên bản mới nhất đã ban hành) hoặc mã@phiên-bản."
    deputy_policy: str = "ND335-2025-DEPUTY"
    "For deputies, likewise.\n\nCho cấp phó, tương tự."
    leader_policy: str = "ND335-2025-LEADER"
    "For heads, likewise.\n\nCho cấp trưởng, tương tự."
    unit_policy: Optional[str] = None
    "For units, likewise: what their objectives are set by; none when left out.\n\nCho tập thể đơn vị, tương tự: căn cứ giao mục tiêu cho đơn vị; bỏ trống là không có."
    objectives_until: Optional[date] = None
    "Last day to set objectives, after it a numbered decision is needed: a third of the period, and 10 working days from now, when left out.\n\nHạn giao mục tiêu, sau đó phải có quyết định có số: bỏ trống là một phần ba kỳ và 10 ngày làm việc kể từ nay."
    made_of: Optional[EvaluationPeriodKind] = None
    "Of a YEAR whose policies say how it is rolled up: MONTH or QUARTER, the latter when left out.\n\nVới kỳ YEAR có quy chế nêu cách tổng hợp năm: MONTH hoặc QUARTER, bỏ trống là QUARTER."
    special_cycle: bool = False
    "Of a YEAR: a special cycle, rated before 15 January instead of 15 December (as the policy says).\n\nVới kỳ YEAR: chu kỳ đặc thù, xếp loại trước ngày 15 tháng 01 thay cho ngày 15 tháng 12 (theo quy chế)."
    switches: list["PolicySwitchInput"] = Field(default_factory=lambda: [])
    "Choices other than the policies' defaults.\n\nCác lựa chọn khác mặc định của quy chế."
    minimum_answers: int = 30
    "Citizens' answers an index needs before it counts.\n\nSố lượt khảo sát cần có để chỉ số được tính."
    review_sla_days: int = 5
    "Working days to check a report, 1 to 60; then it is a fault. A policy that charges for days (UEB-VNU: fault_days) counts from the report as well: the later counts.\n\nSố ngày làm việc để nghiệm thu báo cáo, từ 1 đến 60; quá thì thành lỗi quy trình. Quy chế tính lỗi theo ngày (UEB-VNU: fault_days) cũng tính từ báo cáo: lấy mốc muộn hơn."
    appeal_days: int
    "Days for appeals after the publication, 0 to 90; it closes after them.\n\nSố ngày kiến nghị sau khi công bố, từ 0 đến 90; hết hạn thì đóng."


class OrgUnitFilter(BaseModel):
    """Which units; every condition must hold.

    Những đơn vị nào; phải thỏa mãn mọi điều kiện."""

    level: Optional[UnitLevel] = None
    "Of this level.\n\nThuộc cấp này."
    parent_id: Optional[str] = None
    "Directly below this unit.\n\nTrực thuộc trực tiếp đơn vị này."
    code: Optional[str] = None
    "With this agency code, spelled the same.\n\nCó đúng mã đơn vị này, ghi giống hệt."


class PeriodStepInput(BaseModel):
    """A step of a period.

    Một bước của kỳ."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    period_id: str
    "The period.\n\nKỳ đánh giá."


class PersonRowInput(BaseModel):
    """A civil servant with all appointments. No 12-digit personal number.

    Một công chức cùng mọi việc bố trí. Không gửi số định danh cá nhân 12 chữ số."""

    external_ref: "ExternalRefInput"
    "Id in your system.\n\nMã trong hệ thống của bên gửi."
    full_name: Optional[str] = None
    "Full name. Required in the form WHOLE.\n\nHọ và tên. Bắt buộc ở dạng WHOLE."
    province: Optional[str] = None
    "Two digits; a ministry's code, as G09. Required in the form WHOLE.\n\nHai chữ số; mã bộ, ngành như G09. Bắt buộc ở dạng WHOLE."
    appointments: Optional[list["AppointmentRowInput"]] = None
    "All of them, up to 50; one that is not among them is taken away. Required in the form WHOLE; left out in a PATCH: as they are.\n\nTất cả, tối đa 50; việc bố trí không nêu sẽ bị bỏ. Bắt buộc ở dạng WHOLE; bỏ trống ở dạng PATCH là giữ nguyên."
    leaves: Optional[list["LeaveInput"]] = None
    "All leaves that reduce the working time, up to 200. Null: none.\n\nMọi thời gian nghỉ làm giảm thời gian làm việc, tối đa 200. Để trống: không có."
    identity: Optional[Identity] = None
    "Where the id was used before and times do not tell: who is meant (E-I21).\n\nKhi mã đã dùng trước đây và thời gian không đủ xác định: đối tượng được nói đến (E-I21)."
    source_revision: Optional[int] = None
    "Your revision of this row: one older than the last is told as STALE and not taken.\n\nSố lần sửa của dòng tại bên gửi: cũ hơn lần trước thì báo STALE và không nhận."
    source_time: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Your time of this row, used where there is no revision.\n\nThời điểm của dòng tại bên gửi, dùng khi không có số lần sửa."


class PolicySwitchInput(BaseModel):
    """A chosen value of a switch of one of the period's policies.

    Giá trị được chọn của một lựa chọn trong các quy chế của kỳ."""

    policy: str
    "Policy id, without version.\n\nMã quy chế, không kèm phiên bản."
    name: str
    "The switch.\n\nTên lựa chọn."
    value: str
    "Its value.\n\nGiá trị."


class PositionRowInput(BaseModel):
    """A job position.

    Vị trí việc làm."""

    province: str
    "Two digits; a ministry's code, as G09.\n\nHai chữ số; mã bộ, ngành như G09."
    code: str
    "Code, unique in the province at one time.\n\nMã, duy nhất trong tỉnh tại một thời điểm."
    title: Optional[str] = None
    "Title. Required in the form WHOLE.\n\nTên gọi. Bắt buộc ở dạng WHOLE."
    duty_group: Optional[str] = None
    "Duty group: whom its holders are compared with, in words, as the form prints it. Required in the form WHOLE.\n\nNhóm nhiệm vụ tương đồng: những người được so sánh với nhau; ghi bằng chữ vì được in trên phiếu. Bắt buộc ở dạng WHOLE."
    family: Optional[str] = None
    "Family of positions.\n\nNhóm vị trí việc làm."
    leadership: Optional[bool] = None
    "A leading position. Null: no.\n\nVị trí lãnh đạo, quản lý. Để trống: không."
    valid_from: Optional[date] = None
    "Exists from this day. Null: since ever.\n\nCó từ ngày này. Để trống: từ trước đến nay."
    valid_to: Optional[date] = None
    "Exists until before this day. Null: it has no end.\n\nCó đến trước ngày này. Để trống: không có ngày kết thúc."
    identity: Optional[Identity] = None
    "Where the id was used before and times do not tell: who is meant (E-I21).\n\nKhi mã đã dùng trước đây và thời gian không đủ xác định: đối tượng được nói đến (E-I21)."
    source_revision: Optional[int] = None
    "Your revision of this row: one older than the last is told as STALE and not taken.\n\nSố lần sửa của dòng tại bên gửi: cũ hơn lần trước thì báo STALE và không nhận."
    source_time: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Your time of this row, used where there is no revision.\n\nThời điểm của dòng tại bên gửi, dùng khi không có số lần sửa."


class RecordDossierEventsInput(BaseModel):
    """Up to 200 dossier events.

    Tối đa 200 sự kiện hồ sơ."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    events: list["DossierEventInput"]
    "In any order.\n\nTheo thứ tự bất kỳ."


class ReportWorkInput(BaseModel):
    """What was done.

    Kết quả đã làm."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    assignment_id: str
    "Your assignment.\n\nViệc của mình."
    quantity: Annotated[Decimal, PlainSerializer(decimal_text)]
    "How many were done since the last report.\n\nSố đã làm kể từ báo cáo trước."
    completed_on: date
    "When, in the period and not in the future; after the due date they are late.\n\nNgày hoàn thành, trong kỳ và không ở tương lai; sau hạn là chậm."
    note: Optional[str] = None
    "In words.\n\nDiễn giải."
    evidence: list["WorkEvidenceInput"] = Field(default_factory=lambda: [])
    "Up to 20.\n\nTối đa 20."


class SnapshotScopeInput(BaseModel):
    """What a snapshot is whole of: a province, or one agency in it.

    Phạm vi bản chụp chứa đầy đủ: một tỉnh, hoặc một cơ quan trong tỉnh."""

    province: str
    "Two digits; a ministry's code, as G09.\n\nHai chữ số; mã bộ, ngành như G09."
    agency_ref: Optional["ExternalRefInput"] = None
    "Only this unit and all below it.\n\nChỉ đơn vị này và mọi đơn vị trực thuộc."
    list_name: Optional[str] = None
    "What listPersonnel was told under this name is in it too.\n\nTính cả nội dung đã khai báo bằng listPersonnel dưới tên này."
    as_of: Optional[date] = None
    "The day on which what is missing ends. Default: today.\n\nNgày kết thúc của những gì không có. Mặc định: hôm nay."


class SyncPersonnelInput(BaseModel):
    """Up to 500 rows: units, then positions, then people.

    Tối đa 500 dòng: đơn vị, rồi vị trí việc làm, rồi công chức."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    units: list["UnitRowInput"] = Field(default_factory=lambda: [])
    "Unit.\n\nĐơn vị."
    positions: list["PositionRowInput"] = Field(default_factory=lambda: [])
    "Job positions.\n\nVị trí việc làm."
    people: list["PersonRowInput"] = Field(default_factory=lambda: [])
    "Civil servants.\n\nCông chức cần đồng bộ."
    form: SyncForm = SyncForm.WHOLE
    "Whether rows are whole or hold what changed.\n\nDòng đầy đủ hay chỉ chứa nội dung thay đổi."
    mode: SyncMode = SyncMode.DELTA
    "Whether what is not sent stays or ends.\n\nNhững gì không gửi được giữ nguyên hay kết thúc."
    scope: Optional["SnapshotScopeInput"] = None
    "Of a snapshot: what it is whole of.\n\nVới bản chụp: phạm vi chứa đầy đủ."
    max_removed_share: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = (
        None
    )
    "0 to 1: the whole call is refused when a larger share of the units, positions or people would be ended or detached. Default: 0.05 for a snapshot, else no limit.\n\nTừ 0 đến 1: cả lần gọi bị từ chối khi tỷ lệ đơn vị, vị trí hoặc công chức sẽ kết thúc hay bị tách vượt mức này. Mặc định: 0,05 với bản chụp, các trường hợp khác không giới hạn."
    dry_run: bool = False
    "True answers what would happen, and nothing does.\n\nĐúng (true) thì chỉ trả lời kết quả dự kiến, không thực hiện."


class TemplateLineInput(BaseModel):
    """A piece of work that everybody gets.

    Một việc giao cho mọi người."""

    version_id: str
    "code@n, in one of the period's releases.\n\nDạng mã@số, thuộc một bản phát hành của kỳ."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many each, more than 0; null with quantityFrom DOSSIERS.\n\nSố lượng mỗi người, lớn hơn 0; để trống khi quantityFrom là DOSSIERS."
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    "Who decides it.\n\nCăn cứ xác định số lượng."
    due_on: Optional[date] = None
    "Due date, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today.\n\nHạn hoàn thành, trong kỳ. Mặc định: thời hạn của sản phẩm, đã điều chỉnh theo đơn vị, tính theo ngày làm việc kể từ hôm nay."
    source: WorkSource = WorkSource.PLAN
    "Why.\n\nLý do."


class UnitRowInput(BaseModel):
    """A unit. Send a parent before its children.

    Một đơn vị. Gửi đơn vị cấp trên trước đơn vị cấp dưới."""

    external_ref: "ExternalRefInput"
    "Its id in your system. One that comes back after its unit ended is a new unit.\n\nMã trong hệ thống của bên gửi. Mã dùng lại sau khi đơn vị cũ kết thúc là đơn vị mới."
    code: Optional[str] = None
    "Agency code. Required in the form WHOLE.\n\nMã định danh cơ quan. Bắt buộc ở dạng WHOLE."
    name: Optional[str] = None
    "Name, up to 300 characters. Required in the form WHOLE.\n\nTên, tối đa 300 ký tự. Bắt buộc ở dạng WHOLE."
    level: Optional[UnitLevel] = None
    "Level. Required in the form WHOLE.\n\nCấp. Bắt buộc ở dạng WHOLE."
    province: Optional[str] = None
    "Two digits; a ministry's code, as G09. Required in the form WHOLE.\n\nHai chữ số; mã bộ, ngành như G09. Bắt buộc ở dạng WHOLE."
    parent_ref: Optional["ExternalRefInput"] = None
    "The unit above it. Left out: the one it has; null: none, it stands alone.\n\nĐơn vị cấp trên. Bỏ trống: giữ như đang có; null: không có, đơn vị độc lập."
    locality_type: Optional[LocalityType] = None
    "Kind of locality. Null: RURAL.\n\nLoại địa bàn. Để trống: RURAL."
    valid_from: Optional[date] = None
    "Exists from this day. Required in the form WHOLE.\n\nCó từ ngày này. Bắt buộc ở dạng WHOLE."
    valid_to: Optional[date] = None
    "Exists until before this day. Null: it has no end.\n\nCó đến trước ngày này. Để trống: không có ngày kết thúc."
    successor_refs: Optional[list["ExternalRefInput"]] = None
    "Units it was merged or split into, up to 50; linked when they come. Its own id names the unit that bears it next.\n\nCác đơn vị hình thành do sáp nhập hoặc chia tách, tối đa 50; được liên kết khi gửi đến. Nếu là mã của chính đơn vị thì chỉ đơn vị mang mã đó tiếp theo."
    identity: Optional[Identity] = None
    "Where the id was used before and times do not tell: who is meant (E-I21).\n\nKhi mã đã dùng trước đây và thời gian không đủ xác định: đối tượng được nói đến (E-I21)."
    source_revision: Optional[int] = None
    "Your revision of this row: one older than the last is told as STALE and not taken.\n\nSố lần sửa của dòng tại bên gửi: cũ hơn lần trước thì báo STALE và không nhận."
    source_time: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "Your time of this row, used where there is no revision.\n\nThời điểm của dòng tại bên gửi, dùng khi không có số lần sửa."


class WorkEvidenceInput(BaseModel):
    """A piece of evidence.

    Một minh chứng."""

    uri: str
    "Where it is, up to 500 characters.\n\nĐịa chỉ, tối đa 500 ký tự."
    hash: Optional[str] = None
    "SHA-256, lower-case hex.\n\nMã băm SHA-256, viết dạng thập lục phân chữ thường."
    source: Optional[str] = None
    "The system it comes from.\n\nHệ thống cung cấp."
    captured_at: Optional[Annotated[datetime, PlainSerializer(instant_text)]] = None
    "When it was taken.\n\nThời điểm ghi nhận."


class WorkRowInput(BaseModel):
    """A quantity of one catalogue version for one person.

    Một số lượng của một phiên bản trong danh mục, giao cho một người."""

    version_id: str
    "code@n, in one of the period's releases.\n\nDạng mã@số, thuộc một bản phát hành của kỳ."
    quantity: Optional[Annotated[Decimal, PlainSerializer(decimal_text)]] = None
    "How many each, more than 0; null with quantityFrom DOSSIERS.\n\nSố lượng mỗi người, lớn hơn 0; để trống khi quantityFrom là DOSSIERS."
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    "Who decides it.\n\nCăn cứ xác định số lượng."
    due_on: Optional[date] = None
    "Due date, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today.\n\nHạn hoàn thành, trong kỳ. Mặc định: thời hạn của sản phẩm, đã điều chỉnh theo đơn vị, tính theo ngày làm việc kể từ hôm nay."
    source: WorkSource = WorkSource.PLAN
    "Why.\n\nLý do."
    civil_servant_id: str
    "Who does it.\n\nNgười thực hiện."
    appointment_id: Optional[str] = None
    "Default: the appointment the person is rated in.\n\nMặc định: việc bố trí dùng để đánh giá người đó."


class AttachmentInput(BaseModel):
    """A file beside a complaint; we keep where it is, and its hash.

    Tệp kèm theo phản ánh; chỉ lưu địa chỉ và mã băm."""

    uri: str
    "Where it lies.\n\nĐịa chỉ tệp."
    sha_256: str
    "SHA-256, lower-case hexadecimal.\n\nMã băm SHA-256, dạng thập lục phân chữ thường."


class ConfirmAnswerInput(BaseModel):
    """The complainant confirms that it is resolved.

    Người phản ánh xác nhận phản ánh đã được giải quyết."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    complaint_id: str
    "The complaint.\n\nPhản ánh liên quan."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."


class DisputeAnswerInput(BaseModel):
    """The complainant does not accept the answer.

    Người phản ánh không đồng ý với câu trả lời."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    complaint_id: str
    "The complaint.\n\nPhản ánh liên quan."
    reason: str
    "Why not; private.\n\nLý do không đồng ý; riêng tư."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."


class FeedbackRowInput(BaseModel):
    """What one person said, as it was written down. SATISFACTION needs dossierCode, ratingCode, answer; VISIT unitId and answer, PROCEDURE also procedureCode; COMPLAINT text, and dossierCode or unitId; SUGGESTION and PRAISE unitId and text. What its kind has not is refused.

    Ý kiến của một người, như đã ghi lại. SATISFACTION cần dossierCode, ratingCode, answer; VISIT cần unitId và answer, PROCEDURE cần thêm procedureCode; COMPLAINT cần text, và dossierCode hoặc unitId; SUGGESTION và PRAISE cần unitId và text. Nội dung không thuộc loại đó bị từ chối."""

    kind: FeedbackKind
    "What it is.\n\nLoại đối tượng."
    channel: Channel
    "How it reached the office.\n\nCách ý kiến đến cơ quan."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business.\n\nNgười dân hoặc doanh nghiệp."
    dossier_code: Optional[str] = None
    "The dossier.\n\nHồ sơ."
    rating_code: Optional[str] = None
    "Of the dossier.\n\nCủa hồ sơ."
    answer: Optional[Answer] = None
    "One of the five steps.\n\nMột trong năm mức."
    drivers: list[Driver] = Field(default_factory=lambda: [])
    "What the answer was about.\n\nCác yếu tố được nói đến."
    answered_on: Optional[date] = None
    "The day it was said; default: today.\n\nNgày nêu ý kiến; mặc định: hôm nay."
    unit_id: Optional[str] = None
    "The unit.\n\nĐơn vị."
    civil_servant_id: Optional[str] = None
    "The person complained of; default: who handled the dossier.\n\nNgười bị phản ánh; mặc định là người đã giải quyết hồ sơ."
    text: Optional[str] = None
    "In words; at most 4000 characters, private.\n\nLời nhận xét; tối đa 4000 ký tự, riêng tư."
    name: Optional[str] = None
    "Who complains; sealed.\n\nNgười phản ánh; được niêm kín."
    contact: Optional[str] = None
    "How to reach them; sealed.\n\nCách liên hệ; được niêm kín."
    procedure_code: Optional[str] = None
    "Of a PROCEDURE: its code.\n\nVới PROCEDURE: mã thủ tục."
    survey_round_id: Optional[str] = None
    "The survey round that asked for it.\n\nĐợt khảo sát đã hỏi."


class FileComplaintInput(BaseModel):
    """A complaint about a dossier, or about a unit.

    Phản ánh về một hồ sơ hoặc một đơn vị."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    text: str
    "What is wrong; at most 4000 characters, private.\n\nNội dung phản ánh; tối đa 4000 ký tự, riêng tư."
    dossier_code: Optional[str] = None
    "The dossier; or else give the unit.\n\nHồ sơ; nếu không thì nêu đơn vị."
    unit_id: Optional[str] = None
    "The unit; or else give the dossier.\n\nĐơn vị; nếu không thì nêu hồ sơ."
    civil_servant_id: Optional[str] = None
    "The person complained of; default: who handled the dossier.\n\nNgười bị phản ánh; mặc định là người đã giải quyết hồ sơ."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business.\n\nNgười dân hoặc doanh nghiệp."
    channel: Channel = Channel.PORTAL
    "How it reached us.\n\nKênh tiếp nhận."
    name: Optional[str] = None
    "Who complains; sealed.\n\nNgười phản ánh; được niêm kín."
    contact: Optional[str] = None
    "How to reach them; sealed.\n\nCách liên hệ; được niêm kín."
    attachments: list["AttachmentInput"] = Field(default_factory=lambda: [])
    "At most 10.\n\nTối đa 10."


class RateServiceInput(BaseModel):
    """A rating of a visit to a unit, or of a procedure there.

    Đánh giá dịch vụ: một lượt giao dịch tại đơn vị, hoặc một thủ tục tại đó."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    kind: Kind
    "VISIT or PROCEDURE.\n\nVISIT hoặc PROCEDURE."
    unit_id: str
    "The unit.\n\nĐơn vị."
    answer: Answer
    "One of the five steps.\n\nMột trong năm mức."
    procedure_code: Optional[str] = None
    "Of a PROCEDURE: its code.\n\nVới PROCEDURE: mã thủ tục."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business.\n\nNgười dân hoặc doanh nghiệp."
    channel: Channel = Channel.PORTAL
    "How it reached us.\n\nKênh tiếp nhận."
    drivers: list[Driver] = Field(default_factory=lambda: [])
    "What the answer was about.\n\nCác yếu tố được nói đến."
    comment: Optional[str] = None
    "Words for the unit's management, kept private.\n\nLời nhắn cho lãnh đạo đơn vị, được giữ riêng tư."
    answered_on: Optional[date] = None
    "From a portal that collected the answer earlier; else today.\n\nDo cổng gửi khi đã thu thập trước đó; nếu không thì là hôm nay."
    survey_round_id: Optional[str] = None
    "The survey round that asked for it.\n\nĐợt khảo sát đã hỏi."


class ReopenComplaintInput(BaseModel):
    """Send a complaint back for another answer.

    Mở lại phản ánh để trả lời lại."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    expected_revision: int
    "The revision you saw; refused with CONFLICT when somebody changed it since.\n\nSố lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó."
    complaint_id: str
    "The complaint.\n\nPhản ánh liên quan."
    reason: str
    "Why; from outside the unit for the public, from the complainant private.\n\nLý do; từ ngoài đơn vị thì để công khai, của người phản ánh thì riêng tư."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."


class SubmitFeedbackBulkInput(BaseModel):
    """What was collected on paper, by telephone or at a meeting.

    Ý kiến thu thập bằng phiếu giấy, qua điện thoại hoặc khi tiếp công dân."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    rows: list["FeedbackRowInput"]
    "1 to 200; each is taken or refused on its own.\n\nTừ 1 đến 200; mỗi dòng được nhận hoặc bị từ chối riêng."
    dry_run: bool = False
    "Only say what would become of each.\n\nChỉ cho biết kết quả dự kiến của từng dòng."


class SubmitSatisfactionInput(BaseModel):
    """A rating of how a dossier was handled.

    Khảo sát hài lòng về việc giải quyết hồ sơ."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    dossier_code: str
    "The dossier's code.\n\nMã hồ sơ."
    rating_code: str
    "The dossier's rating code: 32 lower-case hexadecimal digits, which the portal gave to who handed the dossier in.\n\nMã đánh giá của hồ sơ: 32 chữ số thập lục phân viết thường, do cổng cấp cho người nộp hồ sơ."
    answer: Answer
    "One of the five steps.\n\nMột trong năm mức."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business.\n\nNgười dân hoặc doanh nghiệp."
    channel: Channel = Channel.PORTAL
    "How it reached us.\n\nKênh tiếp nhận."
    drivers: list[Driver] = Field(default_factory=lambda: [])
    "What the answer was about.\n\nCác yếu tố được nói đến."
    comment: Optional[str] = None
    "Words for the unit's management, kept private.\n\nLời nhắn cho lãnh đạo đơn vị, được giữ riêng tư."
    answered_on: Optional[date] = None
    "From a portal that collected the answer earlier; else today.\n\nDo cổng gửi khi đã thu thập trước đó; nếu không thì là hôm nay."
    survey_round_id: Optional[str] = None
    "The survey round that asked for it.\n\nĐợt khảo sát đã hỏi."


class SubmitSuggestionInput(BaseModel):
    """A suggestion or praise for a unit.

    Góp ý hoặc khen ngợi một đơn vị."""

    idempotency_key: str
    "Any text of yours, up to 200 characters; the same key and body gives the first answer again.\n\nVăn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên."
    unit_id: str
    "The unit.\n\nĐơn vị."
    kind: Kind
    "SUGGESTION or PRAISE.\n\nSUGGESTION hoặc PRAISE."
    text: str
    "At most 4000 characters, kept private.\n\nTối đa 4000 ký tự, được giữ riêng tư."
    submitter_token: Optional[str] = None
    "The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.\n\nNgười đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu."
    submitter_type: SubmitterType = SubmitterType.CITIZEN
    "Citizen or business.\n\nNgười dân hoặc doanh nghiệp."
    channel: Channel = Channel.PORTAL
    "How it reached us.\n\nKênh tiếp nhận."


AppointmentRowInput.model_rebuild()
AssignWorkBulkInput.model_rebuild()
DossierEventInput.model_rebuild()
DossierHandlerInput.model_rebuild()
EverybodyInput.model_rebuild()
FreezePeriodInput.model_rebuild()
ListPersonnelInput.model_rebuild()
OpenPeriodInput.model_rebuild()
PersonRowInput.model_rebuild()
RecordDossierEventsInput.model_rebuild()
ReportWorkInput.model_rebuild()
SnapshotScopeInput.model_rebuild()
SyncPersonnelInput.model_rebuild()
UnitRowInput.model_rebuild()
FileComplaintInput.model_rebuild()
SubmitFeedbackBulkInput.model_rebuild()
