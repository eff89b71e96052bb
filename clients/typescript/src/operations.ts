// Written by `make contracts`; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Day, Instant, Decimal } from './scalars.js';
import type { Unknown, UnknownMember } from './scalars.js';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/**
 * Catalogue group: says who decides about an entry.
 *
 * Nhóm danh mục: cho biết ai quyết định một mục.
 */
export type CatalogueGroup =
  /**
   * Managers. One list a province.
   *
   * Nhóm quản lý. Mỗi tỉnh một danh mục.
   */
  | 'A'
  /**
   * Shared professional work. One list a province.
   *
   * Nhóm chuyên môn dùng chung. Mỗi tỉnh một danh mục.
   */
  | 'B'
  /**
   * Specialised local work. One list a unit.
   *
   * Nhóm chuyên ngành tại địa phương. Mỗi đơn vị một danh mục.
   */
  | 'C'
  /**
   * Other. One list a province.
   *
   * Nhóm khác. Mỗi tỉnh một danh mục.
   */
  | 'D';

/**
 * Why a request was refused. Branch on this, not on text.
 *
 * Lý do từ chối yêu cầu. Chương trình rẽ nhánh theo giá trị này, không theo văn bản.
 */
export type ProblemCode =
  /**
   * The input breaks a rule; `field` and `ruleId` say which.
   *
   * Dữ liệu vi phạm quy tắc; `field` và `ruleId` cho biết quy tắc nào.
   */
  | 'INVALID'
  /**
   * What the input names is not there, or not there yet.
   *
   * Đối tượng được nêu không có, hoặc chưa có.
   */
  | 'NOT_FOUND'
  /**
   * It was changed meanwhile, or its state forbids the step: read it again.
   *
   * Đã bị người khác thay đổi, hoặc trạng thái không cho phép: cần đọc lại.
   */
  | 'CONFLICT'
  /**
   * This caller may not.
   *
   * Người gọi không được phép.
   */
  | 'FORBIDDEN'
  /**
   * A valid token is needed.
   *
   * Cần mã truy cập hợp lệ.
   */
  | 'UNAUTHENTICATED'
  /**
   * The key was used for another body: take a new key.
   *
   * Khóa chống gửi trùng đã dùng cho nội dung khác: cần khóa mới.
   */
  | 'IDEMPOTENCY_MISMATCH'
  /**
   * Too much at once: wait.
   *
   * Quá nhiều yêu cầu cùng lúc: cần chờ.
   */
  | 'RATE_LIMITED'
  /**
   * Not possible for now: repeat the call with the same key.
   *
   * Tạm thời chưa thực hiện được: gọi lại với cùng khóa.
   */
  | 'UNAVAILABLE';

/**
 * Where a version stands on its way.
 *
 * Trạng thái của một phiên bản.
 */
export type WorkProductVersionState =
  /**
   * Being written.
   *
   * Dự thảo.
   */
  | 'DRAFT'
  /**
   * Waits for appraisal.
   *
   * Đã trình, chờ thẩm định.
   */
  | 'SUBMITTED'
  /**
   * Appraised favourably, waits for the authority.
   *
   * Thẩm định đạt, chờ cấp có thẩm quyền.
   */
  | 'IN_REVIEW'
  /**
   * Sent back to be improved.
   *
   * Yêu cầu chỉnh sửa.
   */
  | 'CHANGES_REQUESTED'
  /**
   * Refused with a reason.
   *
   * Bị từ chối, có nêu lý do.
   */
  | 'REJECTED'
  /**
   * Agreed, waits for a release.
   *
   * Đã phê duyệt, chờ ban hành.
   */
  | 'APPROVED'
  /**
   * Issued by a decision.
   *
   * Đã ban hành theo quyết định.
   */
  | 'PUBLISHED'
  /**
   * Has a successor; in force until effectiveTo.
   *
   * Đã có phiên bản thay thế; còn hiệu lực đến effectiveTo.
   */
  | 'SUPERSEDED'
  /**
   * Ended without a successor; in force until effectiveTo.
   *
   * Đã bãi bỏ, không có phiên bản thay thế; còn hiệu lực đến effectiveTo.
   */
  | 'RETIRED';

/**
 * Role in an appointment; decides which policy rates the person.
 *
 * Vai trò khi bố trí; quyết định quy chế dùng để đánh giá.
 */
export type AppointmentRole =
  /**
   * Without a leading position.
   *
   * Công chức không giữ chức vụ lãnh đạo, quản lý.
   */
  | 'STAFF'
  /**
   * Head.
   *
   * Cấp trưởng.
   */
  | 'HEAD'
  /**
   * Deputy.
   *
   * Cấp phó.
   */
  | 'DEPUTY';

/**
 * Why the work was assigned.
 *
 * Lý do giao việc.
 */
export type WorkSource =
  /**
   * Planned.
   *
   * Theo kế hoạch.
   */
  | 'PLAN'
  /**
   * Ad hoc.
   *
   * Đột xuất.
   */
  | 'AD_HOC'
  /**
   * Dossiers of the portal.
   *
   * Hồ sơ từ Cổng Dịch vụ công.
   */
  | 'PORTAL';

/**
 * Who decides how much is assigned.
 *
 * Căn cứ xác định số lượng được giao.
 */
export type QuantityFrom =
  /**
   * The superior.
   *
   * Cấp trên quyết định (số lượng giao).
   */
  | 'GIVEN'
  /**
   * The citizens: the officer's dossiers of the procedure that are due in the period, with those that are done in it beside.
   *
   * Theo số hồ sơ đến hạn: các hồ sơ của công chức theo thủ tục này đến hạn trong kỳ, cùng những hồ sơ giải quyết xong trong kỳ.
   */
  | 'DOSSIERS';

/**
 * Where an assignment stands.
 *
 * Trạng thái của việc được giao.
 */
export type AssignmentState =
  /**
   * Proposed by the officer, counted nowhere yet.
   *
   * Công chức đề xuất, chưa được tính.
   */
  | 'PROPOSED'
  /**
   * Proposed and refused.
   *
   * Đề xuất không được duyệt.
   */
  | 'REFUSED'
  /**
   * Given.
   *
   * Đã giao.
   */
  | 'ASSIGNED'
  /**
   * Partly done and accepted.
   *
   * Đang thực hiện: đã nghiệm thu một phần.
   */
  | 'IN_PROGRESS'
  /**
   * Reported, waiting for the check.
   *
   * Đã nộp báo cáo, chờ nghiệm thu.
   */
  | 'SUBMITTED'
  /**
   * Reported, and the manager is late.
   *
   * Đã báo cáo, người quản lý chậm duyệt.
   */
  | 'OVERDUE_REVIEW'
  /**
   * Sent back for rework.
   *
   * Trả lại để làm lại.
   */
  | 'RETURNED'
  /**
   * All of it accepted.
   *
   * Đã nghiệm thu toàn bộ.
   */
  | 'ACCEPTED_AS_DONE'
  /**
   * Taken back with nothing done.
   *
   * Đã hủy khi chưa làm gì.
   */
  | 'CANCELLED'
  /**
   * What was left goes on in a later period.
   *
   * Phần còn lại chuyển kỳ sau.
   */
  | 'CARRIED_OVER'
  /**
   * What was left went to another officer.
   *
   * Phần còn lại chuyển giao cho công chức khác.
   */
  | 'TRANSFERRED';

/**
 * Length of a period.
 *
 * Độ dài của kỳ (loại kỳ).
 */
export type EvaluationPeriodKind =
  /**
   * Month.
   *
   * Tháng.
   */
  | 'MONTH'
  /**
   * Quarter.
   *
   * Quý.
   */
  | 'QUARTER'
  /**
   * Year.
   *
   * Năm đánh giá.
   */
  | 'YEAR';

/**
 * How a dossier ended.
 *
 * Cách kết thúc hồ sơ.
 */
export type DossierEnd =
  /**
   * Handled: granted, or refused with a reason.
   *
   * Đã giải quyết: được chấp thuận, hoặc từ chối có lý do.
   */
  | 'DONE'
  /**
   * Taken back by who handed it in.
   *
   * Người nộp đã rút hồ sơ.
   */
  | 'WITHDRAWN';

/**
 * Whether a dossier counts.
 *
 * Hồ sơ có được tính hay không.
 */
export type DossierStanding =
  /**
   * Not completed yet.
   *
   * Đang giải quyết.
   */
  | 'OPEN'
  /**
   * Completed, and counted for the work of everybody who handled it.
   *
   * Đã hoàn thành và đã tính cho công việc của mọi người giải quyết.
   */
  | 'COUNTED'
  /**
   * Completed, and counts nowhere: `reason` says why.
   *
   * Đã hoàn thành nhưng chưa gắn với công việc nào: `reason` cho biết lý do.
   */
  | 'UNMATCHED'
  /**
   * Completed in a period whose inputs are fixed: it counts in the next one, once there is work for it.
   *
   * Hoàn thành trong kỳ đã chốt số liệu: được tính vào kỳ sau khi có công việc tương ứng.
   */
  | 'AFTER_CUT_OFF'
  /**
   * Withdrawn by who handed it in: it counts nowhere, rightly.
   *
   * Người nộp đã rút: không được tính, đúng quy định.
   */
  | 'WITHDRAWN'
  /**
   * It is.
   *
   * Đã có hồ sơ.
   */
  | 'KNOWN'
  /**
   * The rating came first: it is kept, and joined when the portal tells of the dossier.
   *
   * Lượt đánh giá đến trước: được lưu và ghép khi cổng báo hồ sơ (chờ hồ sơ).
   */
  | 'AWAITED'
  /**
   * It was never joined, and the public log says why.
   *
   * Không ghép được, nhật ký công khai nêu lý do.
   */
  | 'LAPSED';

/**
 * Why a completed dossier counts nowhere. It is counted by itself when that is over.
 *
 * Lý do hồ sơ hoàn thành chưa được tính. Khi hết lý do, hồ sơ tự được tính.
 */
export type UnmatchedReason =
  /**
   * The officer had no open work of this procedure in an open period of that day.
   *
   * Ngày đó công chức không có việc đang mở theo thủ tục này trong kỳ đang mở.
   */
  | 'NO_ASSIGNMENT'
  /**
   * The officer has no appointment in this unit.
   *
   * Công chức không được bố trí tại đơn vị này.
   */
  | 'NO_APPOINTMENT'
  /**
   * No catalogue release has a product with this procedure code.
   *
   * Không bản phát hành danh mục nào có sản phẩm/công việc với mã thủ tục này.
   */
  | 'UNKNOWN_PROCEDURE'
  /**
   * The code ends with the id of another agency.
   *
   * Mã có đuôi là mã của cơ quan khác.
   */
  | 'OTHER_AGENCY_SUFFIX'
  /**
   * The period of its completion is frozen, and the next has no work for it yet.
   *
   * Kỳ mà hồ sơ hoàn thành đã chốt số liệu, kỳ sau chưa có công việc tương ứng.
   */
  | 'AFTER_CUT_OFF';

/**
 * What kind of thing it is.
 *
 * Loại đối tượng nhân sự.
 */
export type PersonnelKind =
  /**
   * A unit.
   *
   * Đơn vị.
   */
  | 'UNIT'
  /**
   * A job position.
   *
   * Vị trí việc làm.
   */
  | 'POSITION'
  /**
   * A person.
   *
   * Công chức.
   */
  | 'PERSON';

/**
 * Where an evaluation stands.
 *
 * Trạng thái của phiếu đánh giá.
 */
export type EvaluationState =
  /**
   * Nothing entered.
   *
   * Chưa nhập gì.
   */
  | 'NOT_STARTED'
  /**
   * The person assessed themself.
   *
   * Đã tự đánh giá.
   */
  | 'SELF_ASSESSED'
  /**
   * The superior scored the criteria.
   *
   * Cấp trên đã chấm tiêu chí.
   */
  | 'MANAGER_SCORED'
  /**
   * Scored and ranked, not published.
   *
   * Đã chấm điểm và xếp loại, chưa công bố.
   */
  | 'RANKED'
  /**
   * Published.
   *
   * Đã công bố.
   */
  | 'PUBLISHED'
  /**
   * An appeal waits for a decision.
   *
   * Có kiến nghị đang chờ giải quyết.
   */
  | 'APPEALED'
  /**
   * The period is closed.
   *
   * Chính thức: kỳ đã khóa.
   */
  | 'FINAL'
  /**
   * Corrected by a decision; a new sheet is in force.
   *
   * Đã điều chỉnh theo quyết định; phiếu điểm mới có hiệu lực.
   */
  | 'CORRECTED'
  /**
   * Rated in another appointment; `ratedIn` says in which period.
   *
   * Bàn giao: được đánh giá theo việc bố trí khác; `ratedIn` cho biết ở kỳ nào.
   */
  | 'HANDED_OVER';

/**
 * Whether there is a score.
 *
 * Cho biết có điểm hay không.
 */
export type EvaluationOutcome =
  /**
   * There is a score.
   *
   * Đã có điểm.
   */
  | 'SCORED'
  /**
   * No score can be computed, such as nothing assigned.
   *
   * Không đánh giá được: không tính được điểm, ví dụ không được giao việc.
   */
  | 'NOT_EVALUABLE'
  /**
   * No working time in the period.
   *
   * Không xếp loại: không có thời gian làm việc trong kỳ.
   */
  | 'NOT_RATED';

/**
 * In which order evaluations are listed.
 *
 * Thứ tự liệt kê phiếu đánh giá.
 */
export type EvaluationOrder =
  /**
   * By period, then by unit, then by person.
   *
   * Theo kỳ, rồi đơn vị, rồi người.
   */
  | 'UNIT'
  /**
   * By person, then from the earliest period on.
   *
   * Theo người, rồi từ kỳ sớm nhất.
   */
  | 'PERSON'
  /**
   * The one unchanged for longest first: with `updatedSince`, for keeping a copy.
   *
   * Lâu không thay đổi nhất trước: dùng với `updatedSince` để giữ bản sao.
   */
  | 'UPDATED';

/**
 * Where a period stands; it only moves forward.
 *
 * Trạng thái của kỳ; chỉ chuyển tiếp, không quay lại.
 */
export type EvaluationPeriodState =
  /**
   * Work is assigned and counted.
   *
   * Đang mở: giao việc và tính kết quả.
   */
  | 'OPEN'
  /**
   * Inputs are fixed.
   *
   * Đã chốt số liệu.
   */
  | 'DATA_FROZEN'
  /**
   * Agencies are being scored.
   *
   * Đang chấm điểm các cơ quan.
   */
  | 'SCORING'
  /**
   * All are ranked; the board reviews.
   *
   * Đang xem xét: tất cả đã xếp loại, hội đồng xem xét.
   */
  | 'REVIEW'
  /**
   * Results are out.
   *
   * Đã công bố kết quả.
   */
  | 'PUBLISHED'
  /**
   * Results are out and appeals may be filed.
   *
   * Đã công bố, trong thời hạn kiến nghị.
   */
  | 'APPEAL_WINDOW'
  /**
   * Sealed; only decisions add new sheets.
   *
   * Đã khóa, có niêm phong; chỉ quyết định mới thêm phiếu điểm mới.
   */
  | 'CLOSED';

/**
 * Who is meant by an id that was used before.
 *
 * Đối tượng được nói đến khi mã đã dùng trước đây.
 */
export type Identity =
  /**
   * The one that has it: its first day was wrong, or the person has a new name.
   *
   * Chính đối tượng đang mang mã: ngày đầu tiên ghi sai, hoặc người đó đổi tên.
   */
  | 'SAME'
  /**
   * Another one: what had the id ends where this begins; its results stay with it.
   *
   * Đối tượng khác: đối tượng cũ kết thúc khi đối tượng này bắt đầu; kết quả vẫn thuộc đối tượng cũ.
   */
  | 'NEW';

/**
 * Kind of place a unit works in.
 *
 * Loại địa bàn của đơn vị.
 */
export type LocalityType =
  /**
   * Urban.
   *
   * Đô thị.
   */
  | 'URBAN'
  /**
   * Rural.
   *
   * Nông thôn.
   */
  | 'RURAL'
  /**
   * Mountain.
   *
   * Miền núi.
   */
  | 'MOUNTAIN'
  /**
   * Disadvantaged.
   *
   * Vùng khó khăn.
   */
  | 'DISADVANTAGED'
  /**
   * Special.
   *
   * Đặc thù.
   */
  | 'SPECIAL';

/**
 * Level of a unit.
 *
 * Cấp đơn vị.
 */
export type UnitLevel =
  /**
   * Central.
   *
   * Trung ương.
   */
  | 'CENTRAL'
  /**
   * Province.
   *
   * Cấp tỉnh.
   */
  | 'PROVINCE'
  /**
   * Commune.
   *
   * Cấp xã.
   */
  | 'COMMUNE'
  /**
   * Part of an agency.
   *
   * Phòng, bộ phận của cơ quan.
   */
  | 'DEPARTMENT';

/**
 * What became of a row.
 *
 * Kết quả xử lý một dòng.
 */
export type RowOutcome =
  /**
   * It was not known.
   *
   * Chưa từng có.
   */
  | 'CREATED'
  /**
   * Something of it is different.
   *
   * Có nội dung khác.
   */
  | 'CHANGED'
  /**
   * It was known like this.
   *
   * Đã có đúng như vậy.
   */
  | 'UNCHANGED'
  /**
   * It is older than what is known, and was not taken.
   *
   * Cũ hơn dữ liệu đang có nên không nhận.
   */
  | 'STALE'
  /**
   * It breaks a rule.
   *
   * Vi phạm quy tắc.
   */
  | 'REFUSED';

/**
 * How complete rows are. In both, an optional field that is left out stays as it is.
 *
 * Mức độ đầy đủ của các dòng. Ở cả hai dạng, trường không bắt buộc bỏ trống thì giữ nguyên.
 */
export type SyncForm =
  /**
   * Required fields are there, also of what is known.
   *
   * Có đủ các trường bắt buộc, kể cả với đối tượng đã có.
   */
  | 'WHOLE'
  /**
   * A known row holds what changed.
   *
   * Dòng của đối tượng đã có chỉ chứa nội dung thay đổi.
   */
  | 'PATCH';

/**
 * What becomes of what is not sent.
 *
 * Cách xử lý những gì không gửi.
 */
export type SyncMode =
  /**
   * Nothing.
   *
   * Giữ nguyên.
   */
  | 'DELTA'
  /**
   * Within the scope it ends, told one by one.
   *
   * Bản chụp toàn bộ: trong phạm vi thì kết thúc, được báo từng mục.
   */
  | 'SNAPSHOT';

/**
 * The five steps of the survey. The first two count as satisfied.
 *
 * Năm mức độ hài lòng của phiếu khảo sát. Hai mức đầu tính là hài lòng.
 */
export type Answer =
  /**
   * Very satisfied.
   *
   * Rất hài lòng.
   */
  | 'VERY_SATISFIED'
  /**
   * Satisfied.
   *
   * Hài lòng.
   */
  | 'SATISFIED'
  /**
   * Neither.
   *
   * Bình thường.
   */
  | 'NEUTRAL'
  /**
   * Dissatisfied.
   *
   * Không hài lòng.
   */
  | 'DISSATISFIED'
  /**
   * Very dissatisfied.
   *
   * Rất không hài lòng.
   */
  | 'VERY_DISSATISFIED';

/**
 * How it reached us.
 *
 * Kênh tiếp nhận.
 */
export type Channel =
  /**
   * Public-service portal.
   *
   * Cổng Dịch vụ công.
   */
  | 'PORTAL'
  /**
   * Mobile application.
   *
   * Ứng dụng di động.
   */
  | 'APP'
  /**
   * Hotline.
   *
   * Đường dây nóng.
   */
  | 'HOTLINE'
  /**
   * Kiosk at the one-stop shop.
   *
   * Ki-ốt tại bộ phận một cửa.
   */
  | 'KIOSK'
  /**
   * On paper.
   *
   * Phiếu giấy.
   */
  | 'PAPER'
  /**
   * At a reception of citizens.
   *
   * Khi tiếp công dân.
   */
  | 'MEETING';

/**
 * Where a complaint stands.
 *
 * Trạng thái phản ánh.
 */
export type ComplaintState =
  /**
   * When it was received.
   *
   * Thời điểm tiếp nhận.
   */
  | 'RECEIVED'
  /**
   * Classified.
   *
   * Đã phân loại.
   */
  | 'CLASSIFIED'
  /**
   * Assigned to a handler.
   *
   * Đã giao người xử lý.
   */
  | 'ASSIGNED'
  /**
   * Being handled.
   *
   * Đang xử lý.
   */
  | 'IN_PROGRESS'
  /**
   * Answered; the complainant may dispute within the window.
   *
   * Đã trả lời; người phản ánh có thể không đồng ý trong thời hạn.
   */
  | 'ANSWERED'
  /**
   * The complainant confirmed that it is resolved.
   *
   * Người phản ánh xác nhận đã giải quyết.
   */
  | 'CONFIRMED_RESOLVED'
  /**
   * Disputed; only somebody outside the unit goes on from here.
   *
   * Không đồng ý; từ đây chỉ người ngoài đơn vị xử lý tiếp.
   */
  | 'DISPUTED'
  /**
   * Sent back to the unit for another answer.
   *
   * Mở lại: trả về đơn vị để trả lời lại.
   */
  | 'REOPENED'
  /**
   * Closed as resolved; `basis` says on whose word.
   *
   * Đã kết thúc, được giải quyết; `basis` cho biết căn cứ.
   */
  | 'CLOSED_RESOLVED'
  /**
   * Closed without a remedy.
   *
   * Đã kết thúc mà không khắc phục.
   */
  | 'CLOSED_UNRESOLVED'
  /**
   * Another authority's business.
   *
   * Không thuộc thẩm quyền.
   */
  | 'CLOSED_NOT_COMPETENT'
  /**
   * A duplicate of another.
   *
   * Trùng lặp.
   */
  | 'CLOSED_DUPLICATE'
  /**
   * Found without ground.
   *
   * Không có cơ sở.
   */
  | 'CLOSED_UNFOUNDED';

/**
 * On whose word a complaint was closed.
 *
 * Căn cứ kết thúc phản ánh.
 */
export type ClosingBasis =
  /**
   * The complainant confirmed.
   *
   * Người phản ánh đã xác nhận.
   */
  | 'CONFIRMED'
  /**
   * The window for disputing passed in silence.
   *
   * Hết thời hạn mà không có ý kiến không đồng ý.
   */
  | 'SILENCE'
  /**
   * A decision from outside the unit.
   *
   * Kết luận từ ngoài đơn vị.
   */
  | 'DECISION'
  /**
   * The unit's own word; it can still be disputed within the window.
   *
   * Theo lời của đơn vị; còn trong thời hạn thì vẫn có thể không đồng ý.
   */
  | 'UNIT';

/**
 * Who speaks.
 *
 * Đối tượng gửi ý kiến.
 */
export type SubmitterType =
  /**
   * A citizen.
   *
   * Người dân.
   */
  | 'CITIZEN'
  /**
   * A business.
   *
   * Doanh nghiệp.
   */
  | 'BUSINESS';

/**
 * What was found outside the unit complained of.
 *
 * Kết luận từ ngoài đơn vị bị phản ánh.
 */
export type Verdict =
  /**
   * Found right.
   *
   * Đúng.
   */
  | 'UPHELD'
  /**
   * Found right in part.
   *
   * Đúng một phần.
   */
  | 'PARTLY'
  /**
   * Found not right.
   *
   * Không đúng.
   */
  | 'NOT_UPHELD';

/**
 * What the answer was about.
 *
 * Các yếu tố được nói đến.
 */
export type Driver =
  /**
   * Time taken.
   *
   * Thời gian giải quyết.
   */
  | 'SPEED'
  /**
   * Attitude of the staff.
   *
   * Về thái độ.
   */
  | 'ATTITUDE'
  /**
   * Guidance given.
   *
   * Việc hướng dẫn.
   */
  | 'GUIDANCE'
  /**
   * Premises and equipment.
   *
   * Cơ sở vật chất.
   */
  | 'FACILITIES'
  /**
   * Fees and other costs.
   *
   * Phí, lệ phí, chi phí khác.
   */
  | 'COST'
  /**
   * The result itself.
   *
   * Kết quả giải quyết.
   */
  | 'RESULT';

/**
 * What somebody said is.
 *
 * Loại ý kiến.
 */
export type FeedbackKind =
  /**
   * A rating of a dossier's handling.
   *
   * Khảo sát hài lòng: đánh giá việc giải quyết một hồ sơ.
   */
  | 'SATISFACTION'
  /**
   * A rating of a visit to a unit.
   *
   * Đánh giá một lượt giao dịch tại đơn vị.
   */
  | 'VISIT'
  /**
   * A rating of a procedure at a unit.
   *
   * Đánh giá một thủ tục tại đơn vị.
   */
  | 'PROCEDURE'
  /**
   * A complaint.
   *
   * Một phản ánh.
   */
  | 'COMPLAINT'
  /**
   * A suggestion.
   *
   * Góp ý.
   */
  | 'SUGGESTION'
  /**
   * Praise.
   *
   * Khen ngợi.
   */
  | 'PRAISE';

/**
 * What a satisfaction index is worth.
 *
 * Trạng thái chỉ số hài lòng.
 */
export type IndexState =
  /**
   * The period runs: a live figure, still moving.
   *
   * Kỳ đang diễn ra: số liệu tức thời, còn thay đổi.
   */
  | 'PENDING'
  /**
   * Frozen, with enough answers.
   *
   * Đã chốt, đủ số lượt.
   */
  | 'MEASURED'
  /**
   * Frozen, with too few answers: it moves no score (F-I5).
   *
   * Đã chốt, quá ít lượt: không ảnh hưởng đến điểm nào (F-I5).
   */
  | 'INSUFFICIENT';

/**
 * What a submission is.
 *
 * Loại nội dung đã gửi (loại ý kiến).
 */
export type Kind =
  /**
   * A rating of a dossier's handling, which counts.
   *
   * Khảo sát hài lòng về việc giải quyết hồ sơ, được tính vào chỉ số.
   */
  | 'SATISFACTION'
  /**
   * A rating of a visit to a unit; it moves no index.
   *
   * Đánh giá một lượt giao dịch tại đơn vị; không tính vào chỉ số.
   */
  | 'VISIT'
  /**
   * A rating of a procedure at a unit; it moves no index.
   *
   * Đánh giá một thủ tục tại đơn vị; không tính vào chỉ số.
   */
  | 'PROCEDURE'
  /**
   * A suggestion.
   *
   * Góp ý.
   */
  | 'SUGGESTION'
  /**
   * Praise.
   *
   * Khen ngợi.
   */
  | 'PRAISE';

/**
 * Why a rating that came before its dossier was not joined to it.
 *
 * Lý do lượt đánh giá đến trước hồ sơ không ghép được.
 */
export type Lapse =
  /**
   * No portal told of the dossier within 90 days.
   *
   * Không cổng nào báo hồ sơ trong 90 ngày.
   */
  | 'NO_DOSSIER'
  /**
   * Not by who handed it in, or not its code.
   *
   * Không phải người nộp, hoặc không đúng mã của hồ sơ.
   */
  | 'NOT_THE_APPLICANT'
  /**
   * Another portal told of the dossier.
   *
   * Cổng khác báo hồ sơ.
   */
  | 'OTHER_PORTAL'
  /**
   * Said to be of a day before the dossier was received.
   *
   * Ghi ngày trước khi hồ sơ được tiếp nhận.
   */
  | 'BEFORE_RECEIPT'
  /**
   * The dossier was rated meanwhile.
   *
   * Hồ sơ đã được đánh giá trong lúc đó.
   */
  | 'RATED_ALREADY';

/**
 * Whether doubted answers count.
 *
 * Trạng thái soát xét: các lượt có nghi vấn có được tính không.
 */
export type ReviewState =
  /**
   * They wait for a decision and do not count.
   *
   * Chờ quyết định, chưa được tính (chờ soát xét).
   */
  | 'PENDING'
  /**
   * They count.
   *
   * Được tính.
   */
  | 'COUNTED'
  /**
   * They do not count; they stay, marked.
   *
   * Không tính; vẫn lưu, có đánh dấu.
   */
  | 'SET_ASIDE';

/**
 * Versions of your own province, whatever their state.
 *
 * Các phiên bản của tỉnh mình, ở mọi trạng thái.
 */
export type WorkProductVersionFilter = {
  /**
   * State.
   *
   * Trạng thái.
   */
  readonly state?: WorkProductVersionState | null | undefined;
  /**
   * Group.
   *
   * Nhóm.
   */
  readonly group?: CatalogueGroup | null | undefined;
  /**
   * Unit.
   *
   * Đơn vị.
   */
  readonly unitId?: string | null | undefined;
};

/**
 * Why the inputs are fixed though something is missing.
 *
 * Lý do chốt số liệu dù còn thiếu.
 */
export type AcceptGapsInput = {
  /**
   * The reason, up to 4000 characters; it is on record.
   *
   * Lý do, tối đa 4000 ký tự; được lưu lại.
   */
  readonly reason: string;
};

/**
 * A check of the last report, passed.
 *
 * Nghiệm thu báo cáo gần nhất, đạt.
 */
export type AcceptWorkInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * A reported assignment.
   *
   * Việc đã có báo cáo.
   */
  readonly assignmentId: string;
  /**
   * How many are accepted, at most what is left of the quantity assigned; default all that were reported.
   *
   * Số lượng nghiệm thu, không quá số còn lại của số được giao; mặc định là toàn bộ số đã báo cáo.
   */
  readonly quantity?: Decimal | null | undefined;
  /**
   * How many of them failed in quality.
   *
   * Trong đó, số không đạt chất lượng.
   */
  readonly qualityFailures?: number;
  /**
   * Why.
   *
   * Lý do.
   */
  readonly reason?: string | null | undefined;
};

/**
 * A person in a position of a unit.
 *
 * Việc bố trí một người vào một vị trí của một đơn vị.
 */
export type AppointmentRowInput = {
  /**
   * The unit that bears this id on the first day; sent before or here.
   *
   * Đơn vị mang mã này vào ngày đầu tiên; gửi trước hoặc gửi cùng.
   */
  readonly unitRef: ExternalRefInput;
  /**
   * The position in the unit's province, sent before or here.
   *
   * Vị trí việc làm trong tỉnh của đơn vị, gửi trước hoặc gửi cùng.
   */
  readonly positionCode: string;
  /**
   * Role.
   *
   * Vai trò.
   */
  readonly role: AppointmentRole;
  /**
   * From this day.
   *
   * Từ ngày này.
   */
  readonly validFrom: Day;
  /**
   * Until before this day. Null: it has no end.
   *
   * Đến trước ngày này. Để trống: không có ngày kết thúc.
   */
  readonly validTo?: Day | null | undefined;
  /**
   * Null, and for a new one: the position's.
   *
   * Để trống, với việc bố trí mới: theo vị trí việc làm.
   */
  readonly dutyGroup?: string | null | undefined;
  /**
   * Whom or which post the person stands in for; `role` is then the role acted in.
   *
   * Người hoặc chức vụ được thay (quyền, phụ trách); khi đó `role` là vai trò đảm nhận.
   */
  readonly actingFor?: string | null | undefined;
  /**
   * Units a deputy is in charge of, up to 20.
   *
   * Các đơn vị do cấp phó phụ trách, tối đa 20.
   */
  readonly fieldUnitRefs?: ReadonlyArray<ExternalRefInput> | null | undefined;
};

/**
 * As in an earlier period.
 *
 * Như kỳ trước.
 */
export type AsInInput = {
  /**
   * The earlier period.
   *
   * Kỳ trước.
   */
  readonly periodId: string;
  /**
   * The unit, and all below it.
   *
   * Đơn vị và mọi đơn vị trực thuộc.
   */
  readonly unitId: string;
};

/**
 * Work for many at once; up to 500 pieces from all three together.
 *
 * Giao việc cho nhiều người một lần; tối đa 500 việc tính chung cả ba cách.
 */
export type AssignWorkBulkInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * An open period.
   *
   * Một kỳ đang mở.
   */
  readonly periodId: string;
  /**
   * One by one; each succeeds or is refused on its own.
   *
   * Từng dòng một; mỗi dòng được nhận hoặc bị từ chối riêng.
   */
  readonly rows?: ReadonlyArray<WorkRowInput>;
  /**
   * For all in a unit, or in one position of it; who has the product is passed over.
   *
   * Cho tất cả người trong một đơn vị, hoặc giữ một vị trí trong đơn vị; người đã có sản phẩm đó được bỏ qua.
   */
  readonly everybody?: EverybodyInput | null | undefined;
  /**
   * What was planned then, for those who are still there: the newest version of each product in this period's releases, the same quantity, due as long after the first day. A group comes again in its shares, or, when one of it cannot, not at all.
   *
   * Những việc đã giao ở kỳ đó, cho những người vẫn còn công tác: phiên bản mới nhất của từng sản phẩm trong các bản phát hành của kỳ này, cùng số lượng, thời hạn cách ngày đầu kỳ như cũ. Việc theo nhóm được giao lại đúng tỷ lệ, hoặc không giao nếu có người trong nhóm không thể nhận.
   */
  readonly asIn?: AsInInput | null | undefined;
  /**
   * Only say what would become of each.
   *
   * Chỉ cho biết kết quả dự kiến của từng dòng.
   */
  readonly dryRun?: boolean;
};

/**
 * A quantity of one catalogue version for one person.
 *
 * Một số lượng của một phiên bản trong danh mục, giao cho một người.
 */
export type AssignWorkInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * code@n, in one of the period's releases.
   *
   * Dạng mã@số, thuộc một bản phát hành của kỳ.
   */
  readonly versionId: string;
  /**
   * How many each, more than 0; null with quantityFrom DOSSIERS.
   *
   * Số lượng mỗi người, lớn hơn 0; để trống khi quantityFrom là DOSSIERS.
   */
  readonly quantity?: Decimal | null | undefined;
  /**
   * Who decides it.
   *
   * Căn cứ xác định số lượng.
   */
  readonly quantityFrom?: QuantityFrom;
  /**
   * Due date, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today.
   *
   * Hạn hoàn thành, trong kỳ. Mặc định: thời hạn của sản phẩm, đã điều chỉnh theo đơn vị, tính theo ngày làm việc kể từ hôm nay.
   */
  readonly dueOn?: Day | null | undefined;
  /**
   * Why.
   *
   * Lý do.
   */
  readonly source?: WorkSource;
  /**
   * An open period.
   *
   * Một kỳ đang mở.
   */
  readonly periodId: string;
  /**
   * Who does it.
   *
   * Người thực hiện.
   */
  readonly civilServantId: string;
  /**
   * Default: the appointment the person is rated in.
   *
   * Mặc định: việc bố trí dùng để đánh giá người đó.
   */
  readonly appointmentId?: string | null | undefined;
};

/**
 * Which assignments; every condition must hold.
 *
 * Những việc nào; phải thỏa mãn mọi điều kiện.
 */
export type AssignmentFilter = {
  /**
   * One period.
   *
   * Một kỳ.
   */
  readonly periodId?: string | null | undefined;
  /**
   * A unit and all below it.
   *
   * Một đơn vị và mọi đơn vị trực thuộc.
   */
  readonly unitId?: string | null | undefined;
  /**
   * One person.
   *
   * Một công chức.
   */
  readonly civilServantId?: string | null | undefined;
  /**
   * Its state.
   *
   * Trạng thái cần lọc.
   */
  readonly state?: AssignmentState | null | undefined;
};

/**
 * What the one-stop portal says of a dossier.
 *
 * Thông tin Cổng Dịch vụ công gửi về một hồ sơ.
 */
export type DossierEventInput = {
  /**
   * The code of an agency, a day and a number: H32.10.05-261122-0001, or 000.00.18.G12-261122-0001.
   *
   * Mã định danh cơ quan, ngày và số thứ tự: H32.10.05-261122-0001 hoặc 000.00.18.G12-261122-0001.
   */
  readonly dossierCode: string;
  /**
   * Code of the procedure, e.g. 1.001193, or with its agency 1.001193.H32; capitals and blanks make no difference.
   *
   * Mã thủ tục, ví dụ 1.001193, hoặc kèm mã cơ quan 1.001193.H32; không phân biệt chữ hoa và dấu cách.
   */
  readonly procedureCode: string;
  /**
   * When it was received.
   *
   * Thời điểm tiếp nhận.
   */
  readonly receivedAt: Instant;
  /**
   * When the result was due.
   *
   * Hạn trả kết quả.
   */
  readonly dueAt: Instant;
  /**
   * When the result was handed over, or the dossier withdrawn; null while open.
   *
   * Thời điểm trả kết quả hoặc rút hồ sơ; để trống khi đang giải quyết.
   */
  readonly completedAt?: Instant | null | undefined;
  /**
   * How it ended, when it did.
   *
   * Cách kết thúc, khi đã kết thúc.
   */
  readonly endedAs?: DossierEnd;
  /**
   * Our id, or:
   *
   * Mã của nền tảng, hoặc:
   */
  readonly unitId?: string | null | undefined;
  /**
   * the unit by the personnel system's id.
   *
   * đơn vị theo mã của hệ thống nhân sự.
   */
  readonly unitRef?: ExternalRefInput | null | undefined;
  /**
   * Our id, or:
   *
   * Mã của nền tảng, hoặc:
   */
  readonly civilServantId?: string | null | undefined;
  /**
   * the officer by the personnel system's id.
   *
   * công chức theo mã của hệ thống nhân sự.
   */
  readonly civilServantRef?: ExternalRefInput | null | undefined;
  /**
   * Instead of one officer: up to 10 who handled it together.
   *
   * Thay cho một công chức: tối đa 10 người cùng giải quyết.
   */
  readonly handlers?: ReadonlyArray<DossierHandlerInput>;
  /**
   * Who may rate it (F-I10), told without saying who: the SHA-256, in 64 lower-case hexadecimal digits, of `congvu-applicant-v1`, the dossier's code, its rating code and the applicant's subject in lower case, one a line. Without one nobody can rate it; it may be told later, once.
   *
   * Người được đánh giá hồ sơ (F-I10), không để lộ danh tính: mã băm SHA-256, gồm 64 chữ số thập lục phân viết thường, của `congvu-applicant-v1`, mã hồ sơ, mã đánh giá và mã tài khoản người nộp viết thường, mỗi mục một dòng. Không có thì không ai đánh giá được; có thể gửi sau, một lần.
   */
  readonly applicantHash?: string | null | undefined;
};

/**
 * One of several officers who handled a dossier.
 *
 * Một trong các công chức cùng giải quyết hồ sơ.
 */
export type DossierHandlerInput = {
  /**
   * Their part of it, such as 0.5; the parts sum to exactly 1.
   *
   * Phần của người đó, ví dụ 0,5; tổng các phần bằng đúng 1.
   */
  readonly part: Decimal;
  /**
   * Our id, or:
   *
   * Mã của nền tảng, hoặc:
   */
  readonly civilServantId?: string | null | undefined;
  /**
   * the officer by the personnel system's id.
   *
   * công chức theo mã của hệ thống nhân sự.
   */
  readonly civilServantRef?: ExternalRefInput | null | undefined;
};

/**
 * Which evaluations; every condition must hold.
 *
 * Những phiếu nào; phải thỏa mãn mọi điều kiện.
 */
export type EvaluationFilter = {
  /**
   * One period.
   *
   * Một kỳ.
   */
  readonly periodId?: string | null | undefined;
  /**
   * A unit and all below it.
   *
   * Một đơn vị và mọi đơn vị trực thuộc.
   */
  readonly unitId?: string | null | undefined;
  /**
   * One person.
   *
   * Một công chức.
   */
  readonly civilServantId?: string | null | undefined;
  /**
   * Final band, e.g. HTXS.
   *
   * Mức xếp loại chính thức, ví dụ HTXS.
   */
  readonly band?: string | null | undefined;
  /**
   * Stored state.
   *
   * Trạng thái lưu trữ.
   */
  readonly state?: EvaluationState | null | undefined;
  /**
   * Changed at this second or later: with it, or in the order UPDATED, who sees results only once they are published is shown the published ones alone. Whoever keeps a copy asks from two minutes before their last question on, since a change is dated by its beginning.
   *
   * Thay đổi từ giây này trở đi: khi dùng, hoặc khi sắp xếp UPDATED, người chỉ được xem kết quả sau công bố chỉ thấy kết quả đã công bố. Hệ thống giữ bản sao nên hỏi lùi lại hai phút so với lần hỏi trước, vì thay đổi được ghi theo thời điểm bắt đầu.
   */
  readonly updatedSince?: Instant | null | undefined;
};

/**
 * Which periods; every condition must hold.
 *
 * Những kỳ nào; phải thỏa mãn mọi điều kiện.
 */
export type EvaluationPeriodFilter = {
  /**
   * Province code.
   *
   * Mã tỉnh.
   */
  readonly province?: string | null | undefined;
  /**
   * Periods that cover the unit.
   *
   * Các kỳ gồm đơn vị này.
   */
  readonly unitId?: string | null | undefined;
  /**
   * Its length.
   *
   * Loại kỳ cần lọc.
   */
  readonly kind?: EvaluationPeriodKind | null | undefined;
  /**
   * Its state.
   *
   * Trạng thái cần lọc.
   */
  readonly state?: EvaluationPeriodState | null | undefined;
};

/**
 * The same work for all whom you lead in a unit and below it.
 *
 * Cùng những việc cho tất cả người mình lãnh đạo trong một đơn vị và các đơn vị trực thuộc.
 */
export type EverybodyInput = {
  /**
   * The unit, and all below it.
   *
   * Đơn vị và mọi đơn vị trực thuộc.
   */
  readonly unitId: string;
  /**
   * Only who holds this position.
   *
   * Chỉ người giữ vị trí việc làm này.
   */
  readonly positionCode?: string | null | undefined;
  /**
   * 1 to 50 pieces of work each.
   *
   * Mỗi người từ 1 đến 50 việc.
   */
  readonly work: ReadonlyArray<TemplateLineInput>;
};

/**
 * How your system calls a thing. Never the 12-digit personal number.
 *
 * Cách hệ thống của bên gửi gọi đối tượng. Không dùng số định danh cá nhân 12 chữ số.
 */
export type ExternalRefInput = {
  /**
   * Your system, e.g. hrm.khanhhoa.
   *
   * Hệ thống của bên gửi, ví dụ hrm.khanhhoa.
   */
  readonly system: string;
  /**
   * Its id there.
   *
   * Mã của đối tượng tại hệ thống đó.
   */
  readonly id: string;
};

/**
 * The data cut-off of a period.
 *
 * Thời điểm chốt số liệu của một kỳ.
 */
export type FreezePeriodInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * The period.
   *
   * Kỳ đánh giá.
   */
  readonly periodId: string;
  /**
   * Before endsOn: why. Up to 4000 characters; it is on record.
   *
   * Khi chốt trước endsOn: lý do. Tối đa 4000 ký tự; được lưu lại.
   */
  readonly early?: string | null | undefined;
  /**
   * While periodReadiness tells of blocking gaps: why it is frozen all the same.
   *
   * Khi periodReadiness còn nội dung cản trở: lý do vẫn chốt.
   */
  readonly acceptGaps?: AcceptGapsInput | null | undefined;
};

/**
 * Time not worked, [validFrom, validTo).
 *
 * Thời gian không làm việc, [validFrom, validTo).
 */
export type LeaveInput = {
  /**
   * Reason, e.g. maternity.
   *
   * Lý do, ví dụ thai sản.
   */
  readonly kind: string;
  /**
   * First day.
   *
   * Ngày đầu kỳ.
   */
  readonly validFrom: Day;
  /**
   * The day after the last.
   *
   * Ngày liền sau ngày cuối cùng.
   */
  readonly validTo: Day;
};

/**
 * What your whole list holds, up to 5,000 entries a call, for a snapshot of more than 500 rows.
 *
 * Toàn bộ danh sách, tối đa 5.000 mục mỗi lần gọi, cho bản chụp trên 500 dòng.
 */
export type ListPersonnelInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * Any name of yours; the parts of one list have the same, another list another.
   *
   * Tên tùy chọn; các phần của cùng một danh sách dùng chung tên, danh sách khác dùng tên khác.
   */
  readonly name: string;
  /**
   * Two digits; a ministry's code, as G09.
   *
   * Hai chữ số; mã bộ, ngành như G09.
   */
  readonly province: string;
  /**
   * Units that are in it.
   *
   * Các đơn vị có trong danh sách.
   */
  readonly units?: ReadonlyArray<ExternalRefInput>;
  /**
   * Positions that are in it.
   *
   * Các vị trí việc làm có trong danh sách.
   */
  readonly positionCodes?: ReadonlyArray<string>;
  /**
   * People who are in it.
   *
   * Những người có trong danh sách.
   */
  readonly people?: ReadonlyArray<ExternalRefInput>;
};

/**
 * A period on pinned policies and releases.
 *
 * Kỳ đánh giá theo các quy chế và bản phát hành đã chọn.
 */
export type OpenPeriodInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * Name of the period, up to 120 characters.
   *
   * Tên kỳ, tối đa 120 ký tự.
   */
  readonly name: string;
  /**
   * Kind of period.
   *
   * Loại kỳ.
   */
  readonly kind: EvaluationPeriodKind;
  /**
   * Covers it and all below.
   *
   * Gồm đơn vị này và mọi đơn vị trực thuộc.
   */
  readonly scopeUnitId: string;
  /**
   * First day.
   *
   * Ngày đầu kỳ.
   */
  readonly startsOn: Day;
  /**
   * The day after the last: 2026-10-01 for a period until 30 September, its `lastDay`.
   *
   * Ngày liền sau ngày cuối kỳ: ghi 2026-10-01 cho kỳ đến hết ngày 30/9, là `lastDay` của kỳ.
   */
  readonly endsOn: Day;
  /**
   * 1 to 50 catalogue releases; all their versions must have arrived.
   *
   * Từ 1 đến 50 bản phát hành danh mục; mọi phiên bản phải đã đến đủ.
   */
  readonly releaseIds: ReadonlyArray<string>;
  /**
   * Policy id (newest published version) or id@version.
   *
   * Mã quy chế (phiên bản mới nhất đã ban hành) hoặc mã@phiên-bản.
   */
  readonly staffPolicy?: string;
  /**
   * For deputies, likewise.
   *
   * Cho cấp phó, tương tự.
   */
  readonly deputyPolicy?: string;
  /**
   * For heads, likewise.
   *
   * Cho cấp trưởng, tương tự.
   */
  readonly leaderPolicy?: string;
  /**
   * For units, likewise: what their objectives are set by; none when left out.
   *
   * Cho tập thể đơn vị, tương tự: căn cứ giao mục tiêu cho đơn vị; bỏ trống là không có.
   */
  readonly unitPolicy?: string | null | undefined;
  /**
   * Last day to set objectives, after it a numbered decision is needed: a third of the period, and 10 working days from now, when left out.
   *
   * Hạn giao mục tiêu, sau đó phải có quyết định có số: bỏ trống là một phần ba kỳ và 10 ngày làm việc kể từ nay.
   */
  readonly objectivesUntil?: Day | null | undefined;
  /**
   * Of a YEAR whose policies say how it is rolled up: MONTH or QUARTER, the latter when left out.
   *
   * Với kỳ YEAR có quy chế nêu cách tổng hợp năm: MONTH hoặc QUARTER, bỏ trống là QUARTER.
   */
  readonly madeOf?: EvaluationPeriodKind | null | undefined;
  /**
   * Of a YEAR: a special cycle, rated before 15 January instead of 15 December (as the policy says).
   *
   * Với kỳ YEAR: chu kỳ đặc thù, xếp loại trước ngày 15 tháng 01 thay cho ngày 15 tháng 12 (theo quy chế).
   */
  readonly specialCycle?: boolean;
  /**
   * Choices other than the policies' defaults.
   *
   * Các lựa chọn khác mặc định của quy chế.
   */
  readonly switches?: ReadonlyArray<PolicySwitchInput>;
  /**
   * Citizens' answers an index needs before it counts.
   *
   * Số lượt khảo sát cần có để chỉ số được tính.
   */
  readonly minimumAnswers?: number;
  /**
   * Working days to check a report, 1 to 60; then it is a fault. A policy that charges for days (UEB-VNU: fault_days) counts from the report as well: the later counts.
   *
   * Số ngày làm việc để nghiệm thu báo cáo, từ 1 đến 60; quá thì thành lỗi quy trình. Quy chế tính lỗi theo ngày (UEB-VNU: fault_days) cũng tính từ báo cáo: lấy mốc muộn hơn.
   */
  readonly reviewSlaDays?: number;
  /**
   * Days for appeals after the publication, 0 to 90; it closes after them.
   *
   * Số ngày kiến nghị sau khi công bố, từ 0 đến 90; hết hạn thì đóng.
   */
  readonly appealDays: number;
};

/**
 * Which units; every condition must hold.
 *
 * Những đơn vị nào; phải thỏa mãn mọi điều kiện.
 */
export type OrgUnitFilter = {
  /**
   * Of this level.
   *
   * Thuộc cấp này.
   */
  readonly level?: UnitLevel | null | undefined;
  /**
   * Directly below this unit.
   *
   * Trực thuộc trực tiếp đơn vị này.
   */
  readonly parentId?: string | null | undefined;
  /**
   * With this agency code, spelled the same.
   *
   * Có đúng mã đơn vị này, ghi giống hệt.
   */
  readonly code?: string | null | undefined;
};

/**
 * A step of a period.
 *
 * Một bước của kỳ.
 */
export type PeriodStepInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * The period.
   *
   * Kỳ đánh giá.
   */
  readonly periodId: string;
};

/**
 * A civil servant with all appointments. No 12-digit personal number.
 *
 * Một công chức cùng mọi việc bố trí. Không gửi số định danh cá nhân 12 chữ số.
 */
export type PersonRowInput = {
  /**
   * Id in your system.
   *
   * Mã trong hệ thống của bên gửi.
   */
  readonly externalRef: ExternalRefInput;
  /**
   * Full name. Required in the form WHOLE.
   *
   * Họ và tên. Bắt buộc ở dạng WHOLE.
   */
  readonly fullName?: string | null | undefined;
  /**
   * Two digits; a ministry's code, as G09. Required in the form WHOLE.
   *
   * Hai chữ số; mã bộ, ngành như G09. Bắt buộc ở dạng WHOLE.
   */
  readonly province?: string | null | undefined;
  /**
   * All of them, up to 50; one that is not among them is taken away. Required in the form WHOLE; left out in a PATCH: as they are.
   *
   * Tất cả, tối đa 50; việc bố trí không nêu sẽ bị bỏ. Bắt buộc ở dạng WHOLE; bỏ trống ở dạng PATCH là giữ nguyên.
   */
  readonly appointments?: ReadonlyArray<AppointmentRowInput> | null | undefined;
  /**
   * All leaves that reduce the working time, up to 200. Null: none.
   *
   * Mọi thời gian nghỉ làm giảm thời gian làm việc, tối đa 200. Để trống: không có.
   */
  readonly leaves?: ReadonlyArray<LeaveInput> | null | undefined;
  /**
   * Where the id was used before and times do not tell: who is meant (E-I21).
   *
   * Khi mã đã dùng trước đây và thời gian không đủ xác định: đối tượng được nói đến (E-I21).
   */
  readonly identity?: Identity | null | undefined;
  /**
   * Your revision of this row: one older than the last is told as STALE and not taken.
   *
   * Số lần sửa của dòng tại bên gửi: cũ hơn lần trước thì báo STALE và không nhận.
   */
  readonly sourceRevision?: number | null | undefined;
  /**
   * Your time of this row, used where there is no revision.
   *
   * Thời điểm của dòng tại bên gửi, dùng khi không có số lần sửa.
   */
  readonly sourceTime?: Instant | null | undefined;
};

/**
 * A chosen value of a switch of one of the period's policies.
 *
 * Giá trị được chọn của một lựa chọn trong các quy chế của kỳ.
 */
export type PolicySwitchInput = {
  /**
   * Policy id, without version.
   *
   * Mã quy chế, không kèm phiên bản.
   */
  readonly policy: string;
  /**
   * The switch.
   *
   * Tên lựa chọn.
   */
  readonly name: string;
  /**
   * Its value.
   *
   * Giá trị.
   */
  readonly value: string;
};

/**
 * A job position.
 *
 * Vị trí việc làm.
 */
export type PositionRowInput = {
  /**
   * Two digits; a ministry's code, as G09.
   *
   * Hai chữ số; mã bộ, ngành như G09.
   */
  readonly province: string;
  /**
   * Code, unique in the province at one time.
   *
   * Mã, duy nhất trong tỉnh tại một thời điểm.
   */
  readonly code: string;
  /**
   * Title. Required in the form WHOLE.
   *
   * Tên gọi. Bắt buộc ở dạng WHOLE.
   */
  readonly title?: string | null | undefined;
  /**
   * Duty group: whom its holders are compared with, in words, as the form prints it. Required in the form WHOLE.
   *
   * Nhóm nhiệm vụ tương đồng: những người được so sánh với nhau; ghi bằng chữ vì được in trên phiếu. Bắt buộc ở dạng WHOLE.
   */
  readonly dutyGroup?: string | null | undefined;
  /**
   * Family of positions.
   *
   * Nhóm vị trí việc làm.
   */
  readonly family?: string | null | undefined;
  /**
   * A leading position. Null: no.
   *
   * Vị trí lãnh đạo, quản lý. Để trống: không.
   */
  readonly leadership?: boolean | null | undefined;
  /**
   * Exists from this day. Null: since ever.
   *
   * Có từ ngày này. Để trống: từ trước đến nay.
   */
  readonly validFrom?: Day | null | undefined;
  /**
   * Exists until before this day. Null: it has no end.
   *
   * Có đến trước ngày này. Để trống: không có ngày kết thúc.
   */
  readonly validTo?: Day | null | undefined;
  /**
   * Where the id was used before and times do not tell: who is meant (E-I21).
   *
   * Khi mã đã dùng trước đây và thời gian không đủ xác định: đối tượng được nói đến (E-I21).
   */
  readonly identity?: Identity | null | undefined;
  /**
   * Your revision of this row: one older than the last is told as STALE and not taken.
   *
   * Số lần sửa của dòng tại bên gửi: cũ hơn lần trước thì báo STALE và không nhận.
   */
  readonly sourceRevision?: number | null | undefined;
  /**
   * Your time of this row, used where there is no revision.
   *
   * Thời điểm của dòng tại bên gửi, dùng khi không có số lần sửa.
   */
  readonly sourceTime?: Instant | null | undefined;
};

/**
 * Up to 200 dossier events.
 *
 * Tối đa 200 sự kiện hồ sơ.
 */
export type RecordDossierEventsInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * In any order.
   *
   * Theo thứ tự bất kỳ.
   */
  readonly events: ReadonlyArray<DossierEventInput>;
};

/**
 * What was done.
 *
 * Kết quả đã làm.
 */
export type ReportWorkInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * Your assignment.
   *
   * Việc của mình.
   */
  readonly assignmentId: string;
  /**
   * How many were done since the last report.
   *
   * Số đã làm kể từ báo cáo trước.
   */
  readonly quantity: Decimal;
  /**
   * When, in the period and not in the future; after the due date they are late.
   *
   * Ngày hoàn thành, trong kỳ và không ở tương lai; sau hạn là chậm.
   */
  readonly completedOn: Day;
  /**
   * In words.
   *
   * Diễn giải.
   */
  readonly note?: string | null | undefined;
  /**
   * Up to 20.
   *
   * Tối đa 20.
   */
  readonly evidence?: ReadonlyArray<WorkEvidenceInput>;
};

/**
 * What a snapshot is whole of: a province, or one agency in it.
 *
 * Phạm vi bản chụp chứa đầy đủ: một tỉnh, hoặc một cơ quan trong tỉnh.
 */
export type SnapshotScopeInput = {
  /**
   * Two digits; a ministry's code, as G09.
   *
   * Hai chữ số; mã bộ, ngành như G09.
   */
  readonly province: string;
  /**
   * Only this unit and all below it.
   *
   * Chỉ đơn vị này và mọi đơn vị trực thuộc.
   */
  readonly agencyRef?: ExternalRefInput | null | undefined;
  /**
   * What listPersonnel was told under this name is in it too.
   *
   * Tính cả nội dung đã khai báo bằng listPersonnel dưới tên này.
   */
  readonly listName?: string | null | undefined;
  /**
   * The day on which what is missing ends. Default: today.
   *
   * Ngày kết thúc của những gì không có. Mặc định: hôm nay.
   */
  readonly asOf?: Day | null | undefined;
};

/**
 * Up to 500 rows: units, then positions, then people.
 *
 * Tối đa 500 dòng: đơn vị, rồi vị trí việc làm, rồi công chức.
 */
export type SyncPersonnelInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * Unit.
   *
   * Đơn vị.
   */
  readonly units?: ReadonlyArray<UnitRowInput>;
  /**
   * Job positions.
   *
   * Vị trí việc làm.
   */
  readonly positions?: ReadonlyArray<PositionRowInput>;
  /**
   * Civil servants.
   *
   * Công chức cần đồng bộ.
   */
  readonly people?: ReadonlyArray<PersonRowInput>;
  /**
   * Whether rows are whole or hold what changed.
   *
   * Dòng đầy đủ hay chỉ chứa nội dung thay đổi.
   */
  readonly form?: SyncForm;
  /**
   * Whether what is not sent stays or ends.
   *
   * Những gì không gửi được giữ nguyên hay kết thúc.
   */
  readonly mode?: SyncMode;
  /**
   * Of a snapshot: what it is whole of.
   *
   * Với bản chụp: phạm vi chứa đầy đủ.
   */
  readonly scope?: SnapshotScopeInput | null | undefined;
  /**
   * 0 to 1: the whole call is refused when a larger share of the units, positions or people would be ended or detached. Default: 0.05 for a snapshot, else no limit.
   *
   * Từ 0 đến 1: cả lần gọi bị từ chối khi tỷ lệ đơn vị, vị trí hoặc công chức sẽ kết thúc hay bị tách vượt mức này. Mặc định: 0,05 với bản chụp, các trường hợp khác không giới hạn.
   */
  readonly maxRemovedShare?: Decimal | null | undefined;
  /**
   * True answers what would happen, and nothing does.
   *
   * Đúng (true) thì chỉ trả lời kết quả dự kiến, không thực hiện.
   */
  readonly dryRun?: boolean;
};

/**
 * A piece of work that everybody gets.
 *
 * Một việc giao cho mọi người.
 */
export type TemplateLineInput = {
  /**
   * code@n, in one of the period's releases.
   *
   * Dạng mã@số, thuộc một bản phát hành của kỳ.
   */
  readonly versionId: string;
  /**
   * How many each, more than 0; null with quantityFrom DOSSIERS.
   *
   * Số lượng mỗi người, lớn hơn 0; để trống khi quantityFrom là DOSSIERS.
   */
  readonly quantity?: Decimal | null | undefined;
  /**
   * Who decides it.
   *
   * Căn cứ xác định số lượng.
   */
  readonly quantityFrom?: QuantityFrom;
  /**
   * Due date, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today.
   *
   * Hạn hoàn thành, trong kỳ. Mặc định: thời hạn của sản phẩm, đã điều chỉnh theo đơn vị, tính theo ngày làm việc kể từ hôm nay.
   */
  readonly dueOn?: Day | null | undefined;
  /**
   * Why.
   *
   * Lý do.
   */
  readonly source?: WorkSource;
};

/**
 * A unit. Send a parent before its children.
 *
 * Một đơn vị. Gửi đơn vị cấp trên trước đơn vị cấp dưới.
 */
export type UnitRowInput = {
  /**
   * Its id in your system. One that comes back after its unit ended is a new unit.
   *
   * Mã trong hệ thống của bên gửi. Mã dùng lại sau khi đơn vị cũ kết thúc là đơn vị mới.
   */
  readonly externalRef: ExternalRefInput;
  /**
   * Agency code. Required in the form WHOLE.
   *
   * Mã định danh cơ quan. Bắt buộc ở dạng WHOLE.
   */
  readonly code?: string | null | undefined;
  /**
   * Name, up to 300 characters. Required in the form WHOLE.
   *
   * Tên, tối đa 300 ký tự. Bắt buộc ở dạng WHOLE.
   */
  readonly name?: string | null | undefined;
  /**
   * Level. Required in the form WHOLE.
   *
   * Cấp. Bắt buộc ở dạng WHOLE.
   */
  readonly level?: UnitLevel | null | undefined;
  /**
   * Two digits; a ministry's code, as G09. Required in the form WHOLE.
   *
   * Hai chữ số; mã bộ, ngành như G09. Bắt buộc ở dạng WHOLE.
   */
  readonly province?: string | null | undefined;
  /**
   * The unit above it. Left out: the one it has; null: none, it stands alone.
   *
   * Đơn vị cấp trên. Bỏ trống: giữ như đang có; null: không có, đơn vị độc lập.
   */
  readonly parentRef?: ExternalRefInput | null | undefined;
  /**
   * Kind of locality. Null: RURAL.
   *
   * Loại địa bàn. Để trống: RURAL.
   */
  readonly localityType?: LocalityType | null | undefined;
  /**
   * Exists from this day. Required in the form WHOLE.
   *
   * Có từ ngày này. Bắt buộc ở dạng WHOLE.
   */
  readonly validFrom?: Day | null | undefined;
  /**
   * Exists until before this day. Null: it has no end.
   *
   * Có đến trước ngày này. Để trống: không có ngày kết thúc.
   */
  readonly validTo?: Day | null | undefined;
  /**
   * Units it was merged or split into, up to 50; linked when they come. Its own id names the unit that bears it next.
   *
   * Các đơn vị hình thành do sáp nhập hoặc chia tách, tối đa 50; được liên kết khi gửi đến. Nếu là mã của chính đơn vị thì chỉ đơn vị mang mã đó tiếp theo.
   */
  readonly successorRefs?: ReadonlyArray<ExternalRefInput> | null | undefined;
  /**
   * Where the id was used before and times do not tell: who is meant (E-I21).
   *
   * Khi mã đã dùng trước đây và thời gian không đủ xác định: đối tượng được nói đến (E-I21).
   */
  readonly identity?: Identity | null | undefined;
  /**
   * Your revision of this row: one older than the last is told as STALE and not taken.
   *
   * Số lần sửa của dòng tại bên gửi: cũ hơn lần trước thì báo STALE và không nhận.
   */
  readonly sourceRevision?: number | null | undefined;
  /**
   * Your time of this row, used where there is no revision.
   *
   * Thời điểm của dòng tại bên gửi, dùng khi không có số lần sửa.
   */
  readonly sourceTime?: Instant | null | undefined;
};

/**
 * A piece of evidence.
 *
 * Một minh chứng.
 */
export type WorkEvidenceInput = {
  /**
   * Where it is, up to 500 characters.
   *
   * Địa chỉ, tối đa 500 ký tự.
   */
  readonly uri: string;
  /**
   * SHA-256, lower-case hex.
   *
   * Mã băm SHA-256, viết dạng thập lục phân chữ thường.
   */
  readonly hash?: string | null | undefined;
  /**
   * The system it comes from.
   *
   * Hệ thống cung cấp.
   */
  readonly source?: string | null | undefined;
  /**
   * When it was taken.
   *
   * Thời điểm ghi nhận.
   */
  readonly capturedAt?: Instant | null | undefined;
};

/**
 * A quantity of one catalogue version for one person.
 *
 * Một số lượng của một phiên bản trong danh mục, giao cho một người.
 */
export type WorkRowInput = {
  /**
   * code@n, in one of the period's releases.
   *
   * Dạng mã@số, thuộc một bản phát hành của kỳ.
   */
  readonly versionId: string;
  /**
   * How many each, more than 0; null with quantityFrom DOSSIERS.
   *
   * Số lượng mỗi người, lớn hơn 0; để trống khi quantityFrom là DOSSIERS.
   */
  readonly quantity?: Decimal | null | undefined;
  /**
   * Who decides it.
   *
   * Căn cứ xác định số lượng.
   */
  readonly quantityFrom?: QuantityFrom;
  /**
   * Due date, in the period. Default: the product's lead days, as adjusted for the unit, in working days from today.
   *
   * Hạn hoàn thành, trong kỳ. Mặc định: thời hạn của sản phẩm, đã điều chỉnh theo đơn vị, tính theo ngày làm việc kể từ hôm nay.
   */
  readonly dueOn?: Day | null | undefined;
  /**
   * Why.
   *
   * Lý do.
   */
  readonly source?: WorkSource;
  /**
   * Who does it.
   *
   * Người thực hiện.
   */
  readonly civilServantId: string;
  /**
   * Default: the appointment the person is rated in.
   *
   * Mặc định: việc bố trí dùng để đánh giá người đó.
   */
  readonly appointmentId?: string | null | undefined;
};

/**
 * A file beside a complaint; we keep where it is, and its hash.
 *
 * Tệp kèm theo phản ánh; chỉ lưu địa chỉ và mã băm.
 */
export type AttachmentInput = {
  /**
   * Where it lies.
   *
   * Địa chỉ tệp.
   */
  readonly uri: string;
  /**
   * SHA-256, lower-case hexadecimal.
   *
   * Mã băm SHA-256, dạng thập lục phân chữ thường.
   */
  readonly sha256: string;
};

/**
 * The complainant confirms that it is resolved.
 *
 * Người phản ánh xác nhận phản ánh đã được giải quyết.
 */
export type ConfirmAnswerInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * The complaint.
   *
   * Phản ánh liên quan.
   */
  readonly complaintId: string;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
};

/**
 * The complainant does not accept the answer.
 *
 * Người phản ánh không đồng ý với câu trả lời.
 */
export type DisputeAnswerInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * The complaint.
   *
   * Phản ánh liên quan.
   */
  readonly complaintId: string;
  /**
   * Why not; private.
   *
   * Lý do không đồng ý; riêng tư.
   */
  readonly reason: string;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
};

/**
 * What one person said, as it was written down. SATISFACTION needs dossierCode, ratingCode, answer; VISIT unitId and answer, PROCEDURE also procedureCode; COMPLAINT text, and dossierCode or unitId; SUGGESTION and PRAISE unitId and text. What its kind has not is refused.
 *
 * Ý kiến của một người, như đã ghi lại. SATISFACTION cần dossierCode, ratingCode, answer; VISIT cần unitId và answer, PROCEDURE cần thêm procedureCode; COMPLAINT cần text, và dossierCode hoặc unitId; SUGGESTION và PRAISE cần unitId và text. Nội dung không thuộc loại đó bị từ chối.
 */
export type FeedbackRowInput = {
  /**
   * What it is.
   *
   * Loại đối tượng.
   */
  readonly kind: FeedbackKind;
  /**
   * How it reached the office.
   *
   * Cách ý kiến đến cơ quan.
   */
  readonly channel: Channel;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
  /**
   * Citizen or business.
   *
   * Người dân hoặc doanh nghiệp.
   */
  readonly submitterType?: SubmitterType;
  /**
   * The dossier.
   *
   * Hồ sơ.
   */
  readonly dossierCode?: string | null | undefined;
  /**
   * Of the dossier.
   *
   * Của hồ sơ.
   */
  readonly ratingCode?: string | null | undefined;
  /**
   * One of the five steps.
   *
   * Một trong năm mức.
   */
  readonly answer?: Answer | null | undefined;
  /**
   * What the answer was about.
   *
   * Các yếu tố được nói đến.
   */
  readonly drivers?: ReadonlyArray<Driver>;
  /**
   * The day it was said; default: today.
   *
   * Ngày nêu ý kiến; mặc định: hôm nay.
   */
  readonly answeredOn?: Day | null | undefined;
  /**
   * The unit.
   *
   * Đơn vị.
   */
  readonly unitId?: string | null | undefined;
  /**
   * The person complained of; default: who handled the dossier.
   *
   * Người bị phản ánh; mặc định là người đã giải quyết hồ sơ.
   */
  readonly civilServantId?: string | null | undefined;
  /**
   * In words; at most 4000 characters, private.
   *
   * Lời nhận xét; tối đa 4000 ký tự, riêng tư.
   */
  readonly text?: string | null | undefined;
  /**
   * Who complains; sealed.
   *
   * Người phản ánh; được niêm kín.
   */
  readonly name?: string | null | undefined;
  /**
   * How to reach them; sealed.
   *
   * Cách liên hệ; được niêm kín.
   */
  readonly contact?: string | null | undefined;
  /**
   * Of a PROCEDURE: its code.
   *
   * Với PROCEDURE: mã thủ tục.
   */
  readonly procedureCode?: string | null | undefined;
  /**
   * The survey round that asked for it.
   *
   * Đợt khảo sát đã hỏi.
   */
  readonly surveyRoundId?: string | null | undefined;
};

/**
 * A complaint about a dossier, or about a unit.
 *
 * Phản ánh về một hồ sơ hoặc một đơn vị.
 */
export type FileComplaintInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * What is wrong; at most 4000 characters, private.
   *
   * Nội dung phản ánh; tối đa 4000 ký tự, riêng tư.
   */
  readonly text: string;
  /**
   * The dossier; or else give the unit.
   *
   * Hồ sơ; nếu không thì nêu đơn vị.
   */
  readonly dossierCode?: string | null | undefined;
  /**
   * The unit; or else give the dossier.
   *
   * Đơn vị; nếu không thì nêu hồ sơ.
   */
  readonly unitId?: string | null | undefined;
  /**
   * The person complained of; default: who handled the dossier.
   *
   * Người bị phản ánh; mặc định là người đã giải quyết hồ sơ.
   */
  readonly civilServantId?: string | null | undefined;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
  /**
   * Citizen or business.
   *
   * Người dân hoặc doanh nghiệp.
   */
  readonly submitterType?: SubmitterType;
  /**
   * How it reached us.
   *
   * Kênh tiếp nhận.
   */
  readonly channel?: Channel;
  /**
   * Who complains; sealed.
   *
   * Người phản ánh; được niêm kín.
   */
  readonly name?: string | null | undefined;
  /**
   * How to reach them; sealed.
   *
   * Cách liên hệ; được niêm kín.
   */
  readonly contact?: string | null | undefined;
  /**
   * At most 10.
   *
   * Tối đa 10.
   */
  readonly attachments?: ReadonlyArray<AttachmentInput>;
};

/**
 * A rating of a visit to a unit, or of a procedure there.
 *
 * Đánh giá dịch vụ: một lượt giao dịch tại đơn vị, hoặc một thủ tục tại đó.
 */
export type RateServiceInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * VISIT or PROCEDURE.
   *
   * VISIT hoặc PROCEDURE.
   */
  readonly kind: Kind;
  /**
   * The unit.
   *
   * Đơn vị.
   */
  readonly unitId: string;
  /**
   * One of the five steps.
   *
   * Một trong năm mức.
   */
  readonly answer: Answer;
  /**
   * Of a PROCEDURE: its code.
   *
   * Với PROCEDURE: mã thủ tục.
   */
  readonly procedureCode?: string | null | undefined;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
  /**
   * Citizen or business.
   *
   * Người dân hoặc doanh nghiệp.
   */
  readonly submitterType?: SubmitterType;
  /**
   * How it reached us.
   *
   * Kênh tiếp nhận.
   */
  readonly channel?: Channel;
  /**
   * What the answer was about.
   *
   * Các yếu tố được nói đến.
   */
  readonly drivers?: ReadonlyArray<Driver>;
  /**
   * Words for the unit's management, kept private.
   *
   * Lời nhắn cho lãnh đạo đơn vị, được giữ riêng tư.
   */
  readonly comment?: string | null | undefined;
  /**
   * From a portal that collected the answer earlier; else today.
   *
   * Do cổng gửi khi đã thu thập trước đó; nếu không thì là hôm nay.
   */
  readonly answeredOn?: Day | null | undefined;
  /**
   * The survey round that asked for it.
   *
   * Đợt khảo sát đã hỏi.
   */
  readonly surveyRoundId?: string | null | undefined;
};

/**
 * Send a complaint back for another answer.
 *
 * Mở lại phản ánh để trả lời lại.
 */
export type ReopenComplaintInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The revision you saw; refused with CONFLICT when somebody changed it since.
   *
   * Số lần sửa đã thấy; trả CONFLICT khi có người thay đổi sau đó.
   */
  readonly expectedRevision: number;
  /**
   * The complaint.
   *
   * Phản ánh liên quan.
   */
  readonly complaintId: string;
  /**
   * Why; from outside the unit for the public, from the complainant private.
   *
   * Lý do; từ ngoài đơn vị thì để công khai, của người phản ánh thì riêng tư.
   */
  readonly reason: string;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
};

/**
 * What was collected on paper, by telephone or at a meeting.
 *
 * Ý kiến thu thập bằng phiếu giấy, qua điện thoại hoặc khi tiếp công dân.
 */
export type SubmitFeedbackBulkInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * 1 to 200; each is taken or refused on its own.
   *
   * Từ 1 đến 200; mỗi dòng được nhận hoặc bị từ chối riêng.
   */
  readonly rows: ReadonlyArray<FeedbackRowInput>;
  /**
   * Only say what would become of each.
   *
   * Chỉ cho biết kết quả dự kiến của từng dòng.
   */
  readonly dryRun?: boolean;
};

/**
 * A rating of how a dossier was handled.
 *
 * Khảo sát hài lòng về việc giải quyết hồ sơ.
 */
export type SubmitSatisfactionInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The dossier's code.
   *
   * Mã hồ sơ.
   */
  readonly dossierCode: string;
  /**
   * The dossier's rating code: 32 lower-case hexadecimal digits, which the portal gave to who handed the dossier in.
   *
   * Mã đánh giá của hồ sơ: 32 chữ số thập lục phân viết thường, do cổng cấp cho người nộp hồ sơ.
   */
  readonly ratingCode: string;
  /**
   * One of the five steps.
   *
   * Một trong năm mức.
   */
  readonly answer: Answer;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
  /**
   * Citizen or business.
   *
   * Người dân hoặc doanh nghiệp.
   */
  readonly submitterType?: SubmitterType;
  /**
   * How it reached us.
   *
   * Kênh tiếp nhận.
   */
  readonly channel?: Channel;
  /**
   * What the answer was about.
   *
   * Các yếu tố được nói đến.
   */
  readonly drivers?: ReadonlyArray<Driver>;
  /**
   * Words for the unit's management, kept private.
   *
   * Lời nhắn cho lãnh đạo đơn vị, được giữ riêng tư.
   */
  readonly comment?: string | null | undefined;
  /**
   * From a portal that collected the answer earlier; else today.
   *
   * Do cổng gửi khi đã thu thập trước đó; nếu không thì là hôm nay.
   */
  readonly answeredOn?: Day | null | undefined;
  /**
   * The survey round that asked for it.
   *
   * Đợt khảo sát đã hỏi.
   */
  readonly surveyRoundId?: string | null | undefined;
};

/**
 * A suggestion or praise for a unit.
 *
 * Góp ý hoặc khen ngợi một đơn vị.
 */
export type SubmitSuggestionInput = {
  /**
   * Any text of yours, up to 200 characters; the same key and body gives the first answer again.
   *
   * Văn bản tùy chọn của bên gửi, tối đa 200 ký tự; gửi lại cùng khóa và nội dung thì nhận lại câu trả lời đầu tiên.
   */
  readonly idempotencyKey: string;
  /**
   * The unit.
   *
   * Đơn vị.
   */
  readonly unitId: string;
  /**
   * SUGGESTION or PRAISE.
   *
   * SUGGESTION hoặc PRAISE.
   */
  readonly kind: Kind;
  /**
   * At most 4000 characters, kept private.
   *
   * Tối đa 4000 ký tự, được giữ riêng tư.
   */
  readonly text: string;
  /**
   * The verified person, from a portal only: the subject their own token would carry. 1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted commitment and nowhere in clear.
   *
   * Người đã xác thực, chỉ do cổng gửi: chủ thể trong mã truy cập của chính người đó. Từ 1 đến 200 ký tự ASCII hiển thị, không phân biệt chữ hoa. Được lưu dưới dạng cam kết có muối, không lưu nguyên văn ở đâu.
   */
  readonly submitterToken?: string | null | undefined;
  /**
   * Citizen or business.
   *
   * Người dân hoặc doanh nghiệp.
   */
  readonly submitterType?: SubmitterType;
  /**
   * How it reached us.
   *
   * Kênh tiếp nhận.
   */
  readonly channel?: Channel;
};

export type OrgUnitFragment = { readonly id: string, readonly code: string, readonly name: string, readonly level: UnitLevel | Unknown, readonly localityType: LocalityType | Unknown, readonly validFrom: Day, readonly validTo: Day | null, readonly revision: number, readonly externalRef: { readonly system: string, readonly id: string }, readonly parent: { readonly id: string } | null };

export type CivilServantFragment = { readonly id: string, readonly fullName: string, readonly province: string, readonly revision: number, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }>, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null };

export type OrgUnitsQueryVariables = Exact<{
  province: string;
  filter?: OrgUnitFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrgUnitsQuery = { readonly orgUnits: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly code: string, readonly name: string, readonly level: UnitLevel | Unknown, readonly localityType: LocalityType | Unknown, readonly validFrom: Day, readonly validTo: Day | null, readonly revision: number, readonly externalRef: { readonly system: string, readonly id: string }, readonly parent: { readonly id: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OrgUnitByRefQueryVariables = Exact<{
  ref: ExternalRefInput;
  asOf?: Day | null | undefined;
}>;


export type OrgUnitByRefQuery = { readonly orgUnitByRef: { readonly id: string, readonly code: string, readonly name: string, readonly level: UnitLevel | Unknown, readonly localityType: LocalityType | Unknown, readonly validFrom: Day, readonly validTo: Day | null, readonly revision: number, readonly externalRef: { readonly system: string, readonly id: string }, readonly parent: { readonly id: string } | null } | null };

export type CivilServantsQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CivilServantsQuery = { readonly civilServants: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly fullName: string, readonly province: string, readonly revision: number, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }>, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CivilServantByRefQueryVariables = Exact<{
  ref: ExternalRefInput;
  asOf?: Day | null | undefined;
}>;


export type CivilServantByRefQuery = { readonly civilServantByRef: { readonly id: string, readonly fullName: string, readonly province: string, readonly revision: number, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }>, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null } | null };

export type SyncPersonnelMutationVariables = Exact<{
  input: SyncPersonnelInput;
}>;


export type SyncPersonnelMutation = { readonly syncPersonnel:
    | { readonly __typename: 'SyncReport', readonly changed: number, readonly unchanged: number, readonly refused: number, readonly dryRun: boolean, readonly remaining: number, readonly results: ReadonlyArray<{ readonly row: string, readonly id: string | null, readonly outcome: RowOutcome | Unknown, readonly changed: boolean, readonly changedFields: ReadonlyArray<string>, readonly warnings: ReadonlyArray<{ readonly ruleId: string, readonly field: string, readonly message: string }>, readonly problem: { readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }>, readonly ended: ReadonlyArray<{ readonly kind: PersonnelKind | Unknown, readonly id: string, readonly ref: string }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type ListPersonnelMutationVariables = Exact<{
  input: ListPersonnelInput;
}>;


export type ListPersonnelMutation = { readonly listPersonnel:
    | { readonly __typename: 'PersonnelListing', readonly id: string, readonly name: string, readonly units: number, readonly positions: number, readonly people: number }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type WorkProductVersionFragment = { readonly id: string, readonly code: string, readonly number: number, readonly state: WorkProductVersionState | Unknown, readonly nameVi: string, readonly nameEn: string | null, readonly unitOfMeasure: string, readonly points: Decimal, readonly coefficient: Decimal, readonly effectiveFrom: Day | null, readonly effectiveTo: Day | null, readonly workProduct: { readonly code: string, readonly group: CatalogueGroup | Unknown } };

export type WorkProductVersionsQueryVariables = Exact<{
  filter?: WorkProductVersionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WorkProductVersionsQuery = { readonly workProductVersions: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly code: string, readonly number: number, readonly state: WorkProductVersionState | Unknown, readonly nameVi: string, readonly nameEn: string | null, readonly unitOfMeasure: string, readonly points: Decimal, readonly coefficient: Decimal, readonly effectiveFrom: Day | null, readonly effectiveTo: Day | null, readonly workProduct: { readonly code: string, readonly group: CatalogueGroup | Unknown } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CatalogueReleasesQueryVariables = Exact<{
  province: string;
  unitId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CatalogueReleasesQuery = { readonly catalogueReleases: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly decisionNumber: string, readonly effectiveFrom: Day, readonly versionCount: number, readonly contentHash: string, readonly publishedAt: Instant } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PeriodFragment = { readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null };

export type EvaluationPeriodByIdQueryVariables = Exact<{
  id: string;
}>;


export type EvaluationPeriodByIdQuery = { readonly evaluationPeriod: { readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null } | null };

export type EvaluationPeriodsQueryVariables = Exact<{
  filter?: EvaluationPeriodFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluationPeriodsQuery = { readonly evaluationPeriods: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OpenPeriodMutationVariables = Exact<{
  input: OpenPeriodInput;
}>;


export type OpenPeriodMutation = { readonly openPeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type FreezePeriodMutationVariables = Exact<{
  input: FreezePeriodInput;
}>;


export type FreezePeriodMutation = { readonly freezePeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type PublishPeriodMutationVariables = Exact<{
  input: PeriodStepInput;
}>;


export type PublishPeriodMutation = { readonly publishPeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type ClosePeriodMutationVariables = Exact<{
  input: PeriodStepInput;
}>;


export type ClosePeriodMutation = { readonly closePeriod:
    | { readonly __typename: 'EvaluationPeriod', readonly id: string, readonly name: string, readonly kind: EvaluationPeriodKind | Unknown, readonly state: EvaluationPeriodState | Unknown, readonly province: string, readonly startsOn: Day, readonly endsOn: Day, readonly revision: number, readonly releaseIds: ReadonlyArray<string>, readonly frozenAt: Instant | null, readonly publishedAt: Instant | null, readonly appealsUntil: Day | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type AssignmentFragment = { readonly id: string, readonly revision: number, readonly state: AssignmentState | Unknown, readonly source: WorkSource | Unknown, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } };

export type AssignmentsQueryVariables = Exact<{
  filter?: AssignmentFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AssignmentsQuery = { readonly assignments: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly revision: number, readonly state: AssignmentState | Unknown, readonly source: WorkSource | Unknown, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AssignWorkMutationVariables = Exact<{
  input: AssignWorkInput;
}>;


export type AssignWorkMutation = { readonly assignWork:
    | { readonly __typename: 'Assignment', readonly id: string, readonly revision: number, readonly state: AssignmentState | Unknown, readonly source: WorkSource | Unknown, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type AssignWorkBulkMutationVariables = Exact<{
  input: AssignWorkBulkInput;
}>;


export type AssignWorkBulkMutation = { readonly assignWorkBulk:
    | { readonly __typename: 'AssignedReport', readonly assigned: number, readonly refused: number, readonly dryRun: boolean, readonly results: ReadonlyArray<{ readonly row: string, readonly assignmentId: string | null, readonly problem: { readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type ReportWorkMutationVariables = Exact<{
  input: ReportWorkInput;
}>;


export type ReportWorkMutation = { readonly reportWork:
    | { readonly __typename: 'Assignment', readonly id: string, readonly revision: number, readonly state: AssignmentState | Unknown, readonly source: WorkSource | Unknown, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type AcceptWorkMutationVariables = Exact<{
  input: AcceptWorkInput;
}>;


export type AcceptWorkMutation = { readonly acceptWork:
    | { readonly __typename: 'Assignment', readonly id: string, readonly revision: number, readonly state: AssignmentState | Unknown, readonly source: WorkSource | Unknown, readonly assigned: Decimal, readonly completed: Decimal, readonly qualityFailures: Decimal, readonly late: Decimal, readonly lateExempt: Decimal, readonly coefficient: Decimal | null, readonly dueOn: Day, readonly civilServant: { readonly id: string } | null, readonly period: { readonly id: string } | null, readonly version: { readonly id: string, readonly code: string, readonly number: number } }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type EvaluationFragment = { readonly id: string, readonly state: EvaluationState | Unknown, readonly outcome: EvaluationOutcome | Unknown | null, readonly total: Decimal | null, readonly totalExact: string | null, readonly band: string | null, readonly rawBand: string | null, readonly reasons: ReadonlyArray<string>, readonly updatedAt: Instant | null, readonly civilServant: { readonly id: string, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }> } | null, readonly unit: { readonly id: string } | null, readonly period: { readonly id: string, readonly name: string } | null };

export type EvaluationsQueryVariables = Exact<{
  filter?: EvaluationFilter | null | undefined;
  order?: EvaluationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluationsQuery = { readonly evaluations: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: EvaluationState | Unknown, readonly outcome: EvaluationOutcome | Unknown | null, readonly total: Decimal | null, readonly totalExact: string | null, readonly band: string | null, readonly rawBand: string | null, readonly reasons: ReadonlyArray<string>, readonly updatedAt: Instant | null, readonly civilServant: { readonly id: string, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }> } | null, readonly unit: { readonly id: string } | null, readonly period: { readonly id: string, readonly name: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ExplanationQueryVariables = Exact<{
  evaluationId: string;
}>;


export type ExplanationQuery = { readonly evaluation: { readonly id: string, readonly state: EvaluationState | Unknown, readonly outcome: EvaluationOutcome | Unknown | null, readonly total: Decimal | null, readonly totalExact: string | null, readonly band: string | null, readonly rawBand: string | null, readonly reasons: ReadonlyArray<string>, readonly updatedAt: Instant | null, readonly explanationLines: ReadonlyArray<{ readonly depth: number, readonly ruleId: string, readonly clause: string, readonly textVi: string, readonly textEn: string, readonly points: Decimal | null, readonly pointsExact: string }>, readonly civilServant: { readonly id: string, readonly externalRefs: ReadonlyArray<{ readonly system: string, readonly id: string }> } | null, readonly unit: { readonly id: string } | null, readonly period: { readonly id: string, readonly name: string } | null } | null };

export type EvaluationChangesQueryVariables = Exact<{
  province?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluationChangesQuery = { readonly evaluationChanges: { readonly edges: ReadonlyArray<{ readonly node: { readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RecordDossierEventsMutationVariables = Exact<{
  input: RecordDossierEventsInput;
}>;


export type RecordDossierEventsMutation = { readonly recordDossierEvents:
    | { readonly __typename: 'DossierReport', readonly results: ReadonlyArray<{ readonly row: string, readonly dossierId: string | null, readonly changed: boolean, readonly standing: DossierStanding | Unknown | null, readonly reason: UnmatchedReason | Unknown | null, readonly assignmentId: string | null, readonly assignmentIds: ReadonlyArray<string>, readonly problem: { readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type SubmissionFragment = { readonly id: string, readonly kind: Kind | Unknown, readonly answer: Answer | Unknown | null, readonly channel: Channel | Unknown, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | Unknown | null, readonly lapsed: Lapse | Unknown | null };

export type SubmitSatisfactionMutationVariables = Exact<{
  input: SubmitSatisfactionInput;
}>;


export type SubmitSatisfactionMutation = { readonly submitSatisfaction:
    | { readonly __typename: 'Submission', readonly id: string, readonly kind: Kind | Unknown, readonly answer: Answer | Unknown | null, readonly channel: Channel | Unknown, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | Unknown | null, readonly lapsed: Lapse | Unknown | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type RateServiceMutationVariables = Exact<{
  input: RateServiceInput;
}>;


export type RateServiceMutation = { readonly rateService:
    | { readonly __typename: 'Submission', readonly id: string, readonly kind: Kind | Unknown, readonly answer: Answer | Unknown | null, readonly channel: Channel | Unknown, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | Unknown | null, readonly lapsed: Lapse | Unknown | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type SubmitSuggestionMutationVariables = Exact<{
  input: SubmitSuggestionInput;
}>;


export type SubmitSuggestionMutation = { readonly submitSuggestion:
    | { readonly __typename: 'Submission', readonly id: string, readonly kind: Kind | Unknown, readonly answer: Answer | Unknown | null, readonly channel: Channel | Unknown, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | Unknown | null, readonly lapsed: Lapse | Unknown | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type SubmitFeedbackBulkMutationVariables = Exact<{
  input: SubmitFeedbackBulkInput;
}>;


export type SubmitFeedbackBulkMutation = { readonly submitFeedbackBulk:
    | { readonly __typename: 'FeedbackReport', readonly taken: number, readonly refused: number, readonly dryRun: boolean, readonly results: ReadonlyArray<{ readonly row: number, readonly submissionId: string | null, readonly complaintId: string | null, readonly receipt: string | null, readonly problem: { readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null } | null }> }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type SubmissionByIdQueryVariables = Exact<{
  id: string;
}>;


export type SubmissionByIdQuery = { readonly submission: { readonly id: string, readonly kind: Kind | Unknown, readonly answer: Answer | Unknown | null, readonly channel: Channel | Unknown, readonly receivedOn: Day, readonly receipt: string | null, readonly logSequence: number | null, readonly standing: ReviewState | Unknown | null, readonly lapsed: Lapse | Unknown | null } | null };

export type ComplaintFragment = { readonly id: string, readonly revision: number, readonly state: ComplaintState | Unknown, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | Unknown | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict | Unknown, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null };

export type FileComplaintMutationVariables = Exact<{
  input: FileComplaintInput;
}>;


export type FileComplaintMutation = { readonly fileComplaint:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState | Unknown, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | Unknown | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict | Unknown, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type ComplaintByReceiptQueryVariables = Exact<{
  receipt: string;
}>;


export type ComplaintByReceiptQuery = { readonly complaintByReceipt: { readonly id: string, readonly revision: number, readonly state: ComplaintState | Unknown, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | Unknown | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict | Unknown, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null } | null };

export type ConfirmAnswerMutationVariables = Exact<{
  input: ConfirmAnswerInput;
}>;


export type ConfirmAnswerMutation = { readonly confirmAnswer:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState | Unknown, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | Unknown | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict | Unknown, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type DisputeAnswerMutationVariables = Exact<{
  input: DisputeAnswerInput;
}>;


export type DisputeAnswerMutation = { readonly disputeAnswer:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState | Unknown, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | Unknown | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict | Unknown, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type ReopenComplaintMutationVariables = Exact<{
  input: ReopenComplaintInput;
}>;


export type ReopenComplaintMutation = { readonly reopenComplaint:
    | { readonly __typename: 'Complaint', readonly id: string, readonly revision: number, readonly state: ComplaintState | Unknown, readonly filedOn: Day, readonly answerBy: Day, readonly dueOn: Day | null, readonly disputeUntil: Day | null, readonly reopenUntil: Day | null, readonly closedOn: Day | null, readonly basis: ClosingBasis | Unknown | null, readonly receipt: string | null, readonly unit: { readonly id: string, readonly name: string }, readonly answers: ReadonlyArray<{ readonly text: string | null, readonly on: Day }>, readonly decision: { readonly verdict: Verdict | Unknown, readonly remedied: boolean, readonly reason: { readonly text: string | null, readonly on: Day } } | null }
    | { readonly __typename: 'Problem', readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null }
    | UnknownMember
   };

export type SatisfactionIndexesQueryVariables = Exact<{
  periodId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SatisfactionIndexesQuery = { readonly satisfactionIndexes: { readonly edges: ReadonlyArray<{ readonly node: { readonly index: Decimal | null, readonly answers: number, readonly minimum: number, readonly state: IndexState | Unknown, readonly intervalLow: Decimal | null, readonly intervalHigh: Decimal | null, readonly underReview: number, readonly indexWithReview: Decimal | null, readonly unit: { readonly id: string, readonly name: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FeedbackChangesQueryVariables = Exact<{
  province?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FeedbackChangesQuery = { readonly feedbackChanges: { readonly edges: ReadonlyArray<{ readonly node: { readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProblemFieldsFragment = { readonly code: ProblemCode | Unknown, readonly message: string, readonly field: string | null, readonly ruleId: string | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly me: { readonly subject: string, readonly roles: ReadonlyArray<string>, readonly scopes: ReadonlyArray<string>, readonly province: string | null, readonly civilServant: { readonly id: string, readonly fullName: string } | null, readonly unit: { readonly id: string, readonly code: string, readonly name: string } | null } | null };

export type ChangeEventFragment = { readonly cursor: string, readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string };

export type ResultPublishedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  province?: string | null | undefined;
}>;


export type ResultPublishedSubscription = { readonly resultPublished: { readonly cursor: string, readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } };

export type ComplaintUpdatedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  province?: string | null | undefined;
}>;


export type ComplaintUpdatedSubscription = { readonly complaintUpdated: { readonly cursor: string, readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } };

export type IndexComputedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  province?: string | null | undefined;
}>;


export type IndexComputedSubscription = { readonly indexComputed: { readonly cursor: string, readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } };

export type ReleasePublishedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  province?: string | null | undefined;
}>;


export type ReleasePublishedSubscription = { readonly releasePublished: { readonly cursor: string, readonly eventType: string, readonly province: string, readonly at: Instant, readonly payload: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const OrgUnitFragmentDoc = new TypedDocumentString(`
    fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}
    `, {"fragmentName":"OrgUnit"}) as unknown as TypedDocumentString<OrgUnitFragment, unknown>;
export const CivilServantFragmentDoc = new TypedDocumentString(`
    fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}
    `, {"fragmentName":"CivilServant"}) as unknown as TypedDocumentString<CivilServantFragment, unknown>;
export const WorkProductVersionFragmentDoc = new TypedDocumentString(`
    fragment WorkProductVersion on WorkProductVersion {
  id
  code
  number
  state
  nameVi
  nameEn
  unitOfMeasure
  points
  coefficient
  effectiveFrom
  effectiveTo
  workProduct {
    code
    group
  }
}
    `, {"fragmentName":"WorkProductVersion"}) as unknown as TypedDocumentString<WorkProductVersionFragment, unknown>;
export const PeriodFragmentDoc = new TypedDocumentString(`
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
    `, {"fragmentName":"Period"}) as unknown as TypedDocumentString<PeriodFragment, unknown>;
export const AssignmentFragmentDoc = new TypedDocumentString(`
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
    `, {"fragmentName":"Assignment"}) as unknown as TypedDocumentString<AssignmentFragment, unknown>;
export const EvaluationFragmentDoc = new TypedDocumentString(`
    fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}
    `, {"fragmentName":"Evaluation"}) as unknown as TypedDocumentString<EvaluationFragment, unknown>;
export const SubmissionFragmentDoc = new TypedDocumentString(`
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
    `, {"fragmentName":"Submission"}) as unknown as TypedDocumentString<SubmissionFragment, unknown>;
export const ComplaintFragmentDoc = new TypedDocumentString(`
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
    `, {"fragmentName":"Complaint"}) as unknown as TypedDocumentString<ComplaintFragment, unknown>;
export const ProblemFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
    `, {"fragmentName":"ProblemFields"}) as unknown as TypedDocumentString<ProblemFieldsFragment, unknown>;
export const ChangeEventFragmentDoc = new TypedDocumentString(`
    fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}
    `, {"fragmentName":"ChangeEvent"}) as unknown as TypedDocumentString<ChangeEventFragment, unknown>;
export const OrgUnitsDocument = new TypedDocumentString(`
    query OrgUnits($province: String!, $filter: OrgUnitFilter, $first: Int = 100, $after: String) {
  orgUnits(province: $province, filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...OrgUnit
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}`) as unknown as TypedDocumentString<OrgUnitsQuery, OrgUnitsQueryVariables>;
export const OrgUnitByRefDocument = new TypedDocumentString(`
    query OrgUnitByRef($ref: ExternalRefInput!, $asOf: Date) {
  orgUnitByRef(ref: $ref, asOf: $asOf) {
    ...OrgUnit
  }
}
    fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}`) as unknown as TypedDocumentString<OrgUnitByRefQuery, OrgUnitByRefQueryVariables>;
export const CivilServantsDocument = new TypedDocumentString(`
    query CivilServants($unitId: ID!, $first: Int = 100, $after: String) {
  civilServants(unitId: $unitId, first: $first, after: $after) {
    edges {
      node {
        ...CivilServant
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}`) as unknown as TypedDocumentString<CivilServantsQuery, CivilServantsQueryVariables>;
export const CivilServantByRefDocument = new TypedDocumentString(`
    query CivilServantByRef($ref: ExternalRefInput!, $asOf: Date) {
  civilServantByRef(ref: $ref, asOf: $asOf) {
    ...CivilServant
  }
}
    fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}`) as unknown as TypedDocumentString<CivilServantByRefQuery, CivilServantByRefQueryVariables>;
export const SyncPersonnelDocument = new TypedDocumentString(`
    mutation SyncPersonnel($input: SyncPersonnelInput!) {
  syncPersonnel(input: $input) {
    __typename
    ... on SyncReport {
      changed
      unchanged
      refused
      dryRun
      remaining
      results {
        row
        id
        outcome
        changed
        changedFields
        warnings {
          ruleId
          field
          message
        }
        problem {
          ...ProblemFields
        }
      }
      ended {
        kind
        id
        ref
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SyncPersonnelMutation, SyncPersonnelMutationVariables>;
export const ListPersonnelDocument = new TypedDocumentString(`
    mutation ListPersonnel($input: ListPersonnelInput!) {
  listPersonnel(input: $input) {
    __typename
    ... on PersonnelListing {
      id
      name
      units
      positions
      people
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ListPersonnelMutation, ListPersonnelMutationVariables>;
export const WorkProductVersionsDocument = new TypedDocumentString(`
    query WorkProductVersions($filter: WorkProductVersionFilter, $first: Int = 100, $after: String) {
  workProductVersions(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...WorkProductVersion
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WorkProductVersion on WorkProductVersion {
  id
  code
  number
  state
  nameVi
  nameEn
  unitOfMeasure
  points
  coefficient
  effectiveFrom
  effectiveTo
  workProduct {
    code
    group
  }
}`) as unknown as TypedDocumentString<WorkProductVersionsQuery, WorkProductVersionsQueryVariables>;
export const CatalogueReleasesDocument = new TypedDocumentString(`
    query CatalogueReleases($province: String!, $unitId: ID, $first: Int = 100, $after: String) {
  catalogueReleases(
    province: $province
    unitId: $unitId
    first: $first
    after: $after
  ) {
    edges {
      node {
        id
        decisionNumber
        effectiveFrom
        versionCount
        contentHash
        publishedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogueReleasesQuery, CatalogueReleasesQueryVariables>;
export const EvaluationPeriodByIdDocument = new TypedDocumentString(`
    query EvaluationPeriodById($id: ID!) {
  evaluationPeriod(id: $id) {
    ...Period
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}`) as unknown as TypedDocumentString<EvaluationPeriodByIdQuery, EvaluationPeriodByIdQueryVariables>;
export const EvaluationPeriodsDocument = new TypedDocumentString(`
    query EvaluationPeriods($filter: EvaluationPeriodFilter, $first: Int = 100, $after: String) {
  evaluationPeriods(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...Period
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}`) as unknown as TypedDocumentString<EvaluationPeriodsQuery, EvaluationPeriodsQueryVariables>;
export const OpenPeriodDocument = new TypedDocumentString(`
    mutation OpenPeriod($input: OpenPeriodInput!) {
  openPeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<OpenPeriodMutation, OpenPeriodMutationVariables>;
export const FreezePeriodDocument = new TypedDocumentString(`
    mutation FreezePeriod($input: FreezePeriodInput!) {
  freezePeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<FreezePeriodMutation, FreezePeriodMutationVariables>;
export const PublishPeriodDocument = new TypedDocumentString(`
    mutation PublishPeriod($input: PeriodStepInput!) {
  publishPeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<PublishPeriodMutation, PublishPeriodMutationVariables>;
export const ClosePeriodDocument = new TypedDocumentString(`
    mutation ClosePeriod($input: PeriodStepInput!) {
  closePeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}
    fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ClosePeriodMutation, ClosePeriodMutationVariables>;
export const AssignmentsDocument = new TypedDocumentString(`
    query Assignments($filter: AssignmentFilter, $first: Int = 100, $after: String) {
  assignments(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...Assignment
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}`) as unknown as TypedDocumentString<AssignmentsQuery, AssignmentsQueryVariables>;
export const AssignWorkDocument = new TypedDocumentString(`
    mutation AssignWork($input: AssignWorkInput!) {
  assignWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<AssignWorkMutation, AssignWorkMutationVariables>;
export const AssignWorkBulkDocument = new TypedDocumentString(`
    mutation AssignWorkBulk($input: AssignWorkBulkInput!) {
  assignWorkBulk(input: $input) {
    __typename
    ... on AssignedReport {
      assigned
      refused
      dryRun
      results {
        row
        assignmentId
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<AssignWorkBulkMutation, AssignWorkBulkMutationVariables>;
export const ReportWorkDocument = new TypedDocumentString(`
    mutation ReportWork($input: ReportWorkInput!) {
  reportWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ReportWorkMutation, ReportWorkMutationVariables>;
export const AcceptWorkDocument = new TypedDocumentString(`
    mutation AcceptWork($input: AcceptWorkInput!) {
  acceptWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}
    fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<AcceptWorkMutation, AcceptWorkMutationVariables>;
export const EvaluationsDocument = new TypedDocumentString(`
    query Evaluations($filter: EvaluationFilter, $order: EvaluationOrder = UNIT, $first: Int = 50, $after: String) {
  evaluations(filter: $filter, order: $order, first: $first, after: $after) {
    edges {
      node {
        ...Evaluation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}`) as unknown as TypedDocumentString<EvaluationsQuery, EvaluationsQueryVariables>;
export const ExplanationDocument = new TypedDocumentString(`
    query Explanation($evaluationId: ID!) {
  evaluation(id: $evaluationId) {
    ...Evaluation
    explanationLines {
      depth
      ruleId
      clause
      textVi
      textEn
      points
      pointsExact
    }
  }
}
    fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}`) as unknown as TypedDocumentString<ExplanationQuery, ExplanationQueryVariables>;
export const EvaluationChangesDocument = new TypedDocumentString(`
    query EvaluationChanges($province: String, $first: Int = 100, $after: String) {
  evaluationChanges(province: $province, first: $first, after: $after) {
    edges {
      node {
        eventType
        province
        at
        payload
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<EvaluationChangesQuery, EvaluationChangesQueryVariables>;
export const RecordDossierEventsDocument = new TypedDocumentString(`
    mutation RecordDossierEvents($input: RecordDossierEventsInput!) {
  recordDossierEvents(input: $input) {
    __typename
    ... on DossierReport {
      results {
        row
        dossierId
        changed
        standing
        reason
        assignmentId
        assignmentIds
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<RecordDossierEventsMutation, RecordDossierEventsMutationVariables>;
export const SubmitSatisfactionDocument = new TypedDocumentString(`
    mutation SubmitSatisfaction($input: SubmitSatisfactionInput!) {
  submitSatisfaction(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SubmitSatisfactionMutation, SubmitSatisfactionMutationVariables>;
export const RateServiceDocument = new TypedDocumentString(`
    mutation RateService($input: RateServiceInput!) {
  rateService(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<RateServiceMutation, RateServiceMutationVariables>;
export const SubmitSuggestionDocument = new TypedDocumentString(`
    mutation SubmitSuggestion($input: SubmitSuggestionInput!) {
  submitSuggestion(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SubmitSuggestionMutation, SubmitSuggestionMutationVariables>;
export const SubmitFeedbackBulkDocument = new TypedDocumentString(`
    mutation SubmitFeedbackBulk($input: SubmitFeedbackBulkInput!) {
  submitFeedbackBulk(input: $input) {
    __typename
    ... on FeedbackReport {
      taken
      refused
      dryRun
      results {
        row
        submissionId
        complaintId
        receipt
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<SubmitFeedbackBulkMutation, SubmitFeedbackBulkMutationVariables>;
export const SubmissionByIdDocument = new TypedDocumentString(`
    query SubmissionById($id: ID!) {
  submission(id: $id) {
    ...Submission
  }
}
    fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}`) as unknown as TypedDocumentString<SubmissionByIdQuery, SubmissionByIdQueryVariables>;
export const FileComplaintDocument = new TypedDocumentString(`
    mutation FileComplaint($input: FileComplaintInput!) {
  fileComplaint(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<FileComplaintMutation, FileComplaintMutationVariables>;
export const ComplaintByReceiptDocument = new TypedDocumentString(`
    query ComplaintByReceipt($receipt: String!) {
  complaintByReceipt(receipt: $receipt) {
    ...Complaint
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}`) as unknown as TypedDocumentString<ComplaintByReceiptQuery, ComplaintByReceiptQueryVariables>;
export const ConfirmAnswerDocument = new TypedDocumentString(`
    mutation ConfirmAnswer($input: ConfirmAnswerInput!) {
  confirmAnswer(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ConfirmAnswerMutation, ConfirmAnswerMutationVariables>;
export const DisputeAnswerDocument = new TypedDocumentString(`
    mutation DisputeAnswer($input: DisputeAnswerInput!) {
  disputeAnswer(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<DisputeAnswerMutation, DisputeAnswerMutationVariables>;
export const ReopenComplaintDocument = new TypedDocumentString(`
    mutation ReopenComplaint($input: ReopenComplaintInput!) {
  reopenComplaint(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}
    fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}`) as unknown as TypedDocumentString<ReopenComplaintMutation, ReopenComplaintMutationVariables>;
export const SatisfactionIndexesDocument = new TypedDocumentString(`
    query SatisfactionIndexes($periodId: ID!, $first: Int = 100, $after: String) {
  satisfactionIndexes(periodId: $periodId, first: $first, after: $after) {
    edges {
      node {
        unit {
          id
          name
        }
        index
        answers
        minimum
        state
        intervalLow
        intervalHigh
        underReview
        indexWithReview
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SatisfactionIndexesQuery, SatisfactionIndexesQueryVariables>;
export const FeedbackChangesDocument = new TypedDocumentString(`
    query FeedbackChanges($province: String, $first: Int = 100, $after: String) {
  feedbackChanges(province: $province, first: $first, after: $after) {
    edges {
      node {
        eventType
        province
        at
        payload
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FeedbackChangesQuery, FeedbackChangesQueryVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    subject
    roles
    scopes
    province
    civilServant {
      id
      fullName
    }
    unit {
      id
      code
      name
    }
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const ResultPublishedDocument = new TypedDocumentString(`
    subscription ResultPublished($after: String, $province: String) {
  resultPublished(after: $after, province: $province) {
    ...ChangeEvent
  }
}
    fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}`) as unknown as TypedDocumentString<ResultPublishedSubscription, ResultPublishedSubscriptionVariables>;
export const ComplaintUpdatedDocument = new TypedDocumentString(`
    subscription ComplaintUpdated($after: String, $province: String) {
  complaintUpdated(after: $after, province: $province) {
    ...ChangeEvent
  }
}
    fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}`) as unknown as TypedDocumentString<ComplaintUpdatedSubscription, ComplaintUpdatedSubscriptionVariables>;
export const IndexComputedDocument = new TypedDocumentString(`
    subscription IndexComputed($after: String, $province: String) {
  indexComputed(after: $after, province: $province) {
    ...ChangeEvent
  }
}
    fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}`) as unknown as TypedDocumentString<IndexComputedSubscription, IndexComputedSubscriptionVariables>;
export const ReleasePublishedDocument = new TypedDocumentString(`
    subscription ReleasePublished($after: String, $province: String) {
  releasePublished(after: $after, province: $province) {
    ...ChangeEvent
  }
}
    fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}`) as unknown as TypedDocumentString<ReleasePublishedSubscription, ReleasePublishedSubscriptionVariables>;