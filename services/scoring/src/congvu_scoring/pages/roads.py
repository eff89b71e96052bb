"""The road of each fact that a policy reads: which object carries it, who enters and who confirms
it, and by when."""

from collections.abc import Iterator, Mapping

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.reads import reads_of
from congvu_scoring.engine.vocabulary import vocabulary_of
from congvu_scoring.pages.road import Road

_FREEZE = Bilingual("chốt số liệu", "the data cut-off")
_PLATFORM = Bilingual("nền tảng ghi nhận", "the platform")
_SUPERIOR = Bilingual(
    "cấp trên; tự đánh giá ghi bên cạnh", "a superior; what the person thinks stands beside"
)
_APPEAL = Bilingual(
    "công bố, kiến nghị do người chưa tham gia quyết định",
    "published, an appeal is decided by who took no part",
)
_RATED = ("scoreGeneralCriteria", "selfAssess", "decideAppeal")
_TARGET = Road(
    "indicators: target, baseline, direction, weight, perspective, parent",
    "Objective",
    ("defineObjective", "defineObjectives", "reviseObjective"),
    Bilingual("cấp trên, không ai tự đặt cho mình", "a superior, nobody for themselves"),
    Bilingual(
        "người khác mới được sửa, không hạ xuống mức đã đạt",
        "changed by another only, never down to what was reached",
    ),
    Bilingual(
        "hạn giao mục tiêu của kỳ; sau đó cần quyết định có số",
        "the period's last day for objectives; after it by a numbered decision",
    ),
)
_REACHED = Road(
    "indicators: actual",
    "IndicatorReading",
    ("recordReading", "confirmReading"),
    Bilingual(
        "cá nhân, đơn vị, người phụ trách hoặc hệ thống được nêu, không phải người đặt chỉ tiêu",
        "the person, the unit, who leads there, or the named system, never who set the target",
    ),
    Bilingual(
        "người phụ trách khác hoặc hệ thống được nêu",
        "another who leads there, or the named system",
    ),
    _FREEZE,
)
_SHARED = Road(
    "indicators: shared",
    "Objective",
    ("defineObjective", "reviseObjective"),
    Bilingual(
        "cấp trên khi giao mục tiêu; tính vào thẻ điểm của đơn vị",
        "a superior with the objective; it counts in the unit's scorecard",
    ),
    _TARGET.confirmed,
    _TARGET.until,
)
_AGREED = Road(
    "agreement: items, weights, term",
    "Agreement",
    ("draftAgreement", "amendAgreement", "signAgreement", "terminateAgreement"),
    Bilingual(
        "cấp trên hoặc người lãnh đạo soạn; bản sửa đổi là phiên bản mới",
        "the superior or the leader drafts; an amendment is a new version",
    ),
    Bilingual(
        "cả hai bên ký theo thứ tự, không ai ký hai bên; chỉ chấm phiên bản đã ký đủ",
        "both sides sign in order, nobody for both; only a version that all signed is scored",
    ),
    Bilingual(
        "ký trước khi chốt số liệu; chấm dứt bằng quyết định có số",
        "signed before the data cut-off; ended early by a numbered decision",
    ),
)
_ROADS: Mapping[str, Road] = {
    "work": Road(
        "work",
        "Assignment",
        ("assignWork", "reportWork", "recordDossierEvents", "acceptWork"),
        Bilingual("công chức báo cáo, cổng dịch vụ công", "the officer, the portal"),
        Bilingual("cấp trên nghiệm thu", "a superior"),
        Bilingual(
            "nghiệm thu trong thời hạn của kỳ; quá hạn là lỗi của người nghiệm thu",
            "checked within the period's term; later is the checker's fault",
        ),
    ),
    "general": Road("general", "Evaluation", _RATED, _SUPERIOR, _APPEAL, _FREEZE),
    "elements": Road("elements", "Evaluation", _RATED, _SUPERIOR, _APPEAL, _FREEZE),
    "conduct": Road("conduct", "Evaluation", _RATED, _SUPERIOR, _APPEAL, _FREEZE),
    "unit": Road(
        "unit",
        "Evaluation",
        _RATED,
        Bilingual(
            "cấp trên chấm tổ chức, đoàn kết; nền tảng đếm kết quả cấp dưới",
            "a superior rates organising and unity; the platform counts subordinates' results",
        ),
        _APPEAL,
        _FREEZE,
    ),
    "events": Road(
        "events",
        "VetoEvent",
        ("recordVetoEvent", "liftVetoEvent"),
        Bilingual("người có thẩm quyền, theo quyết định", "who is competent, by a decision"),
        Bilingual("chỉ gỡ bằng quyết định mới", "lifted by a new decision only"),
        _FREEZE,
    ),
    "faults": Road(
        "faults",
        "Evaluation",
        ("decideAppeal",),
        _PLATFORM,
        _APPEAL,
        Bilingual("khi quá hạn", "when a term is over"),
    ),
    "satisfaction": Road(
        "satisfaction",
        "ServiceIndex",
        ("submitSatisfaction",),
        Bilingual("người dân, mỗi hồ sơ một lần", "citizens, once a dossier"),
        Bilingual("nhật ký công khai, ai cũng kiểm được", "the public log, anybody checks it"),
        _FREEZE,
    ),
    "citizens": Road(
        "citizens: complaints of the unit and of the person, promises published and kept",
        "Complaint, Commitment",
        (
            "fileComplaint",
            "answerComplaint",
            "decideComplaint",
            "publishCommitment",
            "assessCommitment",
        ),
        Bilingual(
            "người dân phản ánh, lãnh đạo cam kết công khai",
            "citizens complain, leaders promise in public",
        ),
        Bilingual(
            "người ngoài đơn vị kết luận; nhật ký công khai, ai cũng kiểm được",
            "decided outside the unit; the public log, anybody checks it",
        ),
        _FREEZE,
    ),
    "procedures": Road(
        "procedures",
        "SatisfactionIndex",
        ("submitSatisfaction",),
        Bilingual("người dân, theo từng thủ tục", "citizens, by administrative procedure"),
        Bilingual("nhật ký công khai, ai cũng kiểm được", "the public log, anybody checks it"),
        _FREEZE,
    ),
    "colleagues": Road(
        "colleagues: development, sharing, coordination",
        "LeaderBallots",
        ("rateLeader", "rateCoordination"),
        Bilingual(
            "cấp dưới của người lãnh đạo; cơ quan khác về phối hợp",
            "those who are led; other agencies on coordination",
        ),
        Bilingual(
            "mỗi người, mỗi cơ quan một phiếu kín, đủ số phiếu mới tính",
            "one secret ballot a person or agency, counted from enough ballots on",
        ),
        _FREEZE,
    ),
    "crises": Road(
        "crises",
        "Crisis",
        ("recordCrisis", "confirmCrisis"),
        Bilingual(
            "người trong đơn vị hoặc cấp trên, kèm giờ và kết quả",
            "somebody of the unit or a superior, with hours and outcome",
        ),
        Bilingual(
            "người khác, không phải người được đánh giá",
            "another person, never the one who is rated",
        ),
        _FREEZE,
    ),
    "initiatives": Road(
        "initiatives",
        "Initiative",
        ("proposeInitiative", "decideInitiative", "checkInitiative"),
        Bilingual(
            "tác giả, kèm hiện trạng và hiệu quả nêu ra",
            "the author, with baseline and claimed effect",
        ),
        Bilingual(
            "hội đồng cho điểm tạm; người khác kiểm tra lại, điểm cuối cùng là bản chấm sau",
            "the board gives provisional points; others look again, final points are a later sheet",
        ),
        Bilingual(
            "hội đồng quyết định trước khi chốt số liệu; kiểm tra theo ngày đã hẹn",
            "the board decides before the data cut-off; looked at on the days it set",
        ),
    ),
    "working_days": Road(
        "working_days",
        "CivilServant",
        ("syncPersonnel",),
        Bilingual("hệ thống nhân sự, lịch làm việc", "the personnel system, the working calendar"),
        _APPEAL,
        _FREEZE,
    ),
    "history": Road(
        "history",
        "Evaluation",
        ("importPriorResults", "decidePriorResult"),
        Bilingual(
            "kết quả đã niêm phong; trước nền tảng thì nhập kèm văn bản",
            "sealed results; from before the platform imported with a document",
        ),
        Bilingual(
            "niêm phong kỳ; kết quả trước đây do người khác xác nhận",
            "the seal; earlier ones by another person",
        ),
        _FREEZE,
    ),
}
_DATA = Road(
    "unit",
    "OrgEvaluation",
    ("recordDossierEvents", "acceptWork", "answerComplaint", "assessCommitment"),
    Bilingual(
        "nền tảng tính từ hồ sơ, công việc, phản ánh, cam kết của đơn vị",
        "the platform, from the unit's dossiers, work, complaints and commitments",
    ),
    Bilingual(
        "cổng dịch vụ công, người nghiệm thu, người ngoài đơn vị kết luận",
        "the portal, who checks the work, who decides outside the unit",
    ),
    _FREEZE,
)
_OF_UNITS: Mapping[str, Road] = {
    "unit": _DATA,
    "general": Road(
        "general",
        "OrgEvaluation",
        ("scoreUnitCriteria", "decideAppeal"),
        Bilingual("cấp trên của đơn vị", "a superior of the unit"),
        _APPEAL,
        _FREEZE,
    ),
}
"""Where the subject is a unit."""
_OF_COMMITMENTS: Mapping[str, Road] = {
    "satisfaction": Road(
        "satisfaction",
        "Commitment",
        ("publishCommitment", "amendCommitment", "rateCommitment"),
        Bilingual("người dân, mỗi cam kết một lần", "citizens, once a commitment"),
        Bilingual("nhật ký công khai, ai cũng kiểm được", "the public log, anybody checks it"),
        _FREEZE,
    ),
}
"""Where the opinion of citizens is that of the person's commitments."""
INSIDE = {
    "group": "rows of the list around it",
    "periods": "the results of the year, for its roll-up",
}
"""What is read and is no fact of its own."""


def sections_of(policy: Policy) -> frozenset[str]:
    """What is read besides the policy's own inputs."""
    reads = reads_of(policy)
    found = {path.partition(".")[0] for path in reads.inputs} | reads.lists
    agreed = {"agreement"} if policy.agreement is not None else set()
    fed = {"initiatives"} if policy.initiatives is not None else set()
    return frozenset(found | agreed | fed | ({"events"} if reads.events else set()))


def roads_of(policy: Policy) -> Iterator[Road]:
    sections = sections_of(policy)
    if "agreement" in sections:
        yield _AGREED
    if "indicators" in sections:
        yield _TARGET
        yield _REACHED
        if vocabulary_of(policy).shared:
            yield _SHARED
    own = dict(_OF_UNITS if policy.subjects == ("UNIT",) else {})
    own |= _OF_COMMITMENTS if policy.citizens == "COMMITMENTS" else {}
    roads = (own.get(name, road) for name, road in _ROADS.items() if name in sections)
    staged = bool(policy.workflow.of_a_file.stages)
    yield from (road.in_stages() if staged and road.calls == _RATED else road for road in roads)
