"""The yearly annex in Vietnamese, row by row: as on the form, so in the export."""

from collections.abc import Iterator

from evaluation_service.domain.results.annexes import AnswerCounts, ServiceAnnex

NOTHING_TOLD = "chưa có số liệu"


def annex_rows(annex: ServiceAnnex) -> Iterator[tuple[str, str]]:
    asked, promised, dossiers = annex.complaints, annex.commitments, annex.dossiers
    yield "Mức độ hài lòng", _satisfaction(annex.answers) if annex.answers else NOTHING_TOLD
    yield (
        "Phản ánh, kiến nghị",
        f"tiếp nhận {asked.received}; đến hạn trả lời {asked.due}, đúng hạn "
        f"{asked.answered_in_time}; đã kết luận {asked.decided}, đúng toàn bộ hoặc một phần "
        f"{asked.upheld}"
        if asked
        else NOTHING_TOLD,
    )
    yield (
        "Cam kết công khai",
        f"đến hạn {promised.due}; giữ đúng {promised.kept}, một phần {promised.partly}, không giữ "
        f"{promised.missed}"
        if promised
        else NOTHING_TOLD,
    )
    share = dossiers.share.value
    yield (
        "Hồ sơ thủ tục hành chính",
        f"đúng hạn {dossiers.in_time}, trễ hạn {dossiers.late}, quá hạn chưa xong "
        f"{dossiers.waiting}" + (f"; tỷ lệ đúng hạn {share}" if share else ""),
    )


def _satisfaction(counts: AnswerCounts) -> str:
    said = f"n = {counts.answers}"
    share = counts.share
    if share is None or share.wilson is None:
        return f"{said}; chưa đủ {counts.minimum_answers} phiếu nên không kết luận"
    low, high = share.wilson
    return f"{share.value} ({said}; khoảng tin cậy 95 %: {low} đến {high})"
