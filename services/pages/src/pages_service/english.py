"""The pages' own sentences: written in Vietnamese in the templates, here in English."""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "Cam kết và nhiệm vụ trọng tâm của lãnh đạo": "What leaders promised, and their key tasks",
    "Cấp trên kết luận": "The level above found",
    "Hạn trả lời": "Answer by",
    "Khiếu nại, phản ánh theo tình trạng": "Complaints by state",
    "Không đồng ý thì báo trước hết ngày": "May be disputed until",
    "Loại": "Kind",
    "Mốc đã đạt": "Milestones reached",
    "Ngày gửi": "Filed on",
    "Người cam kết": "Promised by",
    "Người dân kết luận": "Citizens found",
    "Số vụ": "Complaints",
    "Thời gian đến khi trả lời lần đầu: một nửa không quá": "Time to the first answer: half within",
    "chưa đạt": "not reached yet",
    "ngày, chín phần mười không quá": "days, nine in ten within",
    "ngày": "days",
    "vụ đã trả lời": "answered",
    "Đang ở đâu": "Where it stands",
    "Đơn vị giải quyết": "Unit that answers it",
    "Đề nghị mở lại đến hết ngày": "May be reopened until",
    "đạt ngày": "reached on",
    "Ai đã xem số liệu của tôi": "Who was shown my figures",
    "Biên nhận": "Receipt",
    "Biên nhận đúng chữ ký chứng tỏ nhật ký đã hứa ghi mục này. Bằng chứng đúng chứng tỏ mục "
    "này đang nằm trong nhật ký đã ký, không bị sửa. Nó không chứng tỏ nội dung là đúng sự "
    "thật, và chỉ có nghĩa khi khóa kiểm tra lấy từ nơi khác, không phải từ trang này.": (
        "A receipt with the right signature shows that the log promised this entry. A right "
        "proof shows that the entry is in the signed log, unchanged. Neither shows that what "
        "it says is true, and both mean something only with a verifier key that comes from "
        "elsewhere, not from this page."
    ),
    "Bằng chứng": "Proof",
    "Cam kết": "Promises",
    "Cam kết của lãnh đạo": "What leaders promised",
    "Cam kết không sửa được; thay đổi là một phiên bản mới, có lý do, và phiên bản cũ vẫn ở đây.": (
        "A promise cannot be edited: a change is a new version with its reason, and the old "
        "one stays here."
    ),
    "Chính": "Main",
    "Chưa ai khác xem.": "Nobody else yet.",
    "Chưa có báo cáo tiến độ.": "No progress was reported yet.",
    "Chưa có cam kết nào được công bố.": "No promise was published yet.",
    "Chưa có kỳ đánh giá nào của tài khoản này.": "No period rates this account yet.",
    "Chưa có số liệu": "No figures yet",
    "Chưa có đơn vị nào của nơi này trên nền tảng.": "No unit of this place is on the platform.",
    "Chưa đủ lượt đánh giá để công bố": "Too few ratings to show",
    "Chưa đủ phiếu": "Too few answers",
    "Chỉ số hài lòng": "Satisfaction indexes",
    "Chỉ tiêu": "Target",
    "Chọn tỉnh, thành phố để xem từng cơ quan: người dân hài lòng đến đâu, lãnh đạo đã cam "
    "kết gì và thực hiện đến đâu, khiếu nại được trả lời có đúng hạn không.": (
        "Choose a province to see each agency: how satisfied citizens are, what leaders "
        "promised and how far they came, whether complaints are answered in time."
    ),
    "Chốt số liệu ngày": "Data frozen on",
    "Các kỳ gần đây": "Recent periods",
    "Các kỳ được đánh giá": "Periods in which you are rated",
    "Các mốc": "Milestones",
    "Các phiên bản": "Versions",
    "Các đơn vị xếp theo thứ tự thành lập, không phải theo kết quả: đơn vị ít phiếu không so "
    "sánh được với nhau.": (
        "Units stand in the order in which they were set up, not by result: units with few "
        "answers cannot be compared."
    ),
    "Cách đọc số liệu": "How to read the figures",
    "Công bố ngày": "Published on",
    "Công chức": "Staff",
    "Cấp": "Level",
    "Cấp phó": "Deputies",
    "Cần đăng nhập lại": "Please sign in again",
    "Cột": "Columns",
    "Diễn biến": "What happened",
    "Dưới số phiếu tối thiểu, cột chỉ số để trống.": (
        "Below the minimum of answers the index is empty."
    ),
    "Dưới số phiếu tối thiểu, không công bố chỉ số và không so sánh: vài phiếu không nói lên "
    "điều gì về cả đơn vị.": (
        "Below the minimum no index is shown and nothing is compared: a few answers say "
        "nothing about a whole unit."
    ),
    "Dữ liệu mở": "Open data",
    "Giải trình điểm": "Where each point came from",
    "Giấy phép": "Licence",
    "Gửi được đến hết ngày": "May be filed until",
    "Hai mươi lần gần nhất; lần tự xem không ghi": (
        "The last twenty times; your own are not on record"
    ),
    "Hài lòng": "Satisfied",
    "Hạn": "Due",
    "Khiếu nại trả lời đúng hạn": "Complaints answered in time",
    "Khiếu nại, phản ánh": "Complaints",
    "Khoảng tin cậy": "The interval",
    "Khoảng tin cậy 95 %": "95% interval",
    "Khóa ký": "Signed by",
    "Không có trang này": "There is no such page",
    "Không có việc nào đang chờ.": "Nothing waits.",
    "Không dùng được cách này": "This cannot be done here",
    "Kiến nghị": "Appeal",
    "Kiểm tra biên nhận": "Check a receipt",
    "Kiểm tra ngay trong trình duyệt này": "Check it in this browser",
    "Kết luận": "Outcome",
    "Kết luận thẩm định": "Assessment",
    "Kết quả của tôi": "My results",
    "Kết quả phục vụ người dân": "How citizens are served",
    "Kết quả xếp loại": "Results",
    "Kỳ": "Period",
    "Là phần phiếu trả lời “hài lòng” hoặc “rất hài lòng” trong các phiếu được tính của kỳ. "
    "Ai làm thủ tục xong đều được hỏi, và mỗi hồ sơ chỉ tính một phiếu.": (
        "The share of “satisfied” and “very satisfied” among the answers of the period that "
        "count. Everybody whose procedure is done is asked, and a dossier counts once."
    ),
    "Lãnh đạo công bố cam kết với chỉ tiêu và thời hạn. Báo cáo “đã xong” của chính lãnh đạo "
    "chưa phải là đạt: cần thẩm định từ bên ngoài đơn vị, và người dân đã xác thực cho điểm.": (
        "A leader publishes a promise with a target and a date. “Done” in the leader’s own "
        "words is not yet met: somebody outside the unit verifies it, and verified citizens "
        "rate it."
    ),
    "Lý do thay đổi": "Reason of the change",
    "Lấy mã truy cập từ hệ thống định danh quốc gia": (
        "Get an access token from the national login"
    ),
    "Minh chứng": "Evidence",
    "Mã": "Hash",
    "Mã băm kết quả": "Hash of the result",
    "Mã gốc của các kết quả": "Root of the results",
    "Mã truy cập của hệ thống định danh": "Access token of the national login",
    "Mã truy cập không dùng được hoặc đã hết hạn.": "The access token is none, or has expired.",
    "Mã đơn vị": "Code of the unit",
    "Mã được giữ trong trình duyệt này đến khi hết hạn hoặc khi bạn đăng xuất.": (
        "It stays in this browser until it expires or you sign out."
    ),
    "Mỗi phiếu, khiếu nại, câu trả lời và cam kết là một mục trong nhật ký không xóa, không "
    "sửa lén được. Có biên nhận, ai cũng tự kiểm tra được mục của mình còn nguyên trong đó.": (
        "Each answer, complaint, reply and promise is an entry of a log from which nothing "
        "can be taken away or changed unseen. With a receipt anybody can check that their "
        "entry is still in it."
    ),
    "Mục": "Entry",
    "Mục trong nhật ký công khai": "Entry of the public log",
    "Mục đích": "Purpose",
    "Mức": "Band",
    "Mức theo điểm": "Band by points",
    "Mức xếp loại": "Band",
    "Ngày": "Date",
    "Người dân hài lòng đến đâu": "How satisfied citizens are",
    "Người dân đánh giá": "Rated by citizens",
    "Người gửi xác nhận đã được giải quyết": "Resolved, in the complainants’ own word",
    "Người liên quan": "Person",
    "Người được hưởng": "For whom",
    "Người đứng đầu": "Heads",
    "Nhận kiến nghị đến hết ngày": "Appeals until",
    "Nhập số mục, hoặc dán biên nhận bạn đã được cấp khi gửi, để xem việc của bạn đã đi đến "
    "đâu. Không cần tài khoản.": (
        "Type an entry’s number, or paste the receipt that you were given, to see how far "
        "your matter came. No account is needed."
    ),
    "Nhật ký": "Log",
    "Nhật ký công khai": "The public log",
    "Nhật ký được ký mười giây một lần: bằng chứng có trong vòng một phút.": (
        "The log is signed every ten seconds: the proof is there within a minute."
    ),
    "Niêm phong": "The seal",
    "Niêm phong số": "Seal number",
    "Phiếu chờ soát xét": "Answers under review",
    "Phiếu hài lòng hoặc rất hài lòng": "Satisfied or very satisfied",
    "Phiếu không được tính": "Answers set aside",
    "Phiếu đánh giá theo Mẫu số 01, để in và ký": (
        "The official form (Mẫu số 01), to print and sign"
    ),
    "Phạm vi": "Scope",
    "Quy chế chấm điểm": "Scoring policies",
    "Quy tắc đã làm thay đổi mức": "Rules that changed the band",
    "Số liệu trên trang này là số liệu ai cũng xem được qua cổng dữ liệu; không cần đăng "
    "nhập, không dùng cookie.": (
        "The figures on this page are those that anybody may ask the graph for; no sign-in, "
        "no cookies."
    ),
    "Số liệu tạm thời chưa lấy được": "The figures cannot be read at the moment",
    "Số lượt": "Ratings",
    "Số lượt cho mỗi mức, 1 là thấp nhất": "Ratings of each step, 1 is the lowest",
    "Số mục hoặc biên nhận": "Number of the entry, or receipt",
    "Số mục đã xem": "Fields shown",
    "Số người": "People",
    "Số người ở mỗi mức trong toàn kỳ": "People in each band, of the whole period",
    "Số người ở mỗi mức được công bố khi kỳ đã niêm phong.": (
        "How many people are in each band is published when the period is sealed."
    ),
    "Số phiếu": "Answers",
    "Số phiếu tối thiểu để công bố chỉ số": "Answers needed for an index",
    "Số phiếu được tính": "Answers that count",
    "Thời gian": "From, to",
    "Thời hạn": "Due",
    "Thời hạn đến ngày": "Until",
    "Tin mới": "News",
    "Tiến độ": "Progress",
    "Tiến độ mới nhất": "Latest progress",
    "Toàn bộ kết quả đã được niêm phong: sửa một con số sau ngày này thì mã dưới đây không "
    "còn khớp.": (
        "All results are sealed: were one figure changed after this day, the hash below would"
        " not match any more."
    ),
    "Trang này chỉ dành cho tài khoản đang đăng nhập và không được lưu ở đâu. Mỗi lần người "
    "khác xem số liệu của bạn đều được ghi lại.": (
        "This page is for the account that is signed in, and is kept nowhere. Whenever "
        "somebody else is shown your figures, it is on record."
    ),
    "Trang này đặt một cookie khi bạn đăng nhập, chỉ để giữ phiên đăng nhập.": (
        "Signing in sets one cookie, which holds the session and nothing else."
    ),
    "Trang sau": "Next page",
    "Trả lời đúng hạn": "Answered in time",
    "Tài khoản": "Account",
    "Tài khoản này không xem được trang này": "This account may not see this page",
    "Tình trạng": "State",
    "Tất cả cam kết": "All promises",
    "Tập thể": "Units",
    "Tỉnh, thành phố": "Provinces",
    "Tổng điểm": "Total points",
    "Từ ngày": "Since",
    "Từng phần": "Parts",
    "Tự kiểm tra mục": "Check entry",
    "Tỷ lệ hài lòng": "The index",
    "Tỷ lệ hài lòng qua các kỳ; vạch dọc là khoảng tin cậy. Bảng bên dưới ghi từng con số.": (
        "Satisfaction over the periods; upright lines are the intervals. The table below has "
        "each figure."
    ),
    "Tỷ lệ người dân hài lòng, kèm khoảng tin cậy 95 %": (
        "Share of satisfied answers, 95% interval"
    ),
    "Tỷ lệ phản hồi": "Answers per dossier",
    "Vai trò": "Role",
    "Việc": "Matter",
    "Việc chờ xử lý": "What waits for you",
    "Việc chờ xử lý, việc đến hạn trước đứng trên": "What waits, first due first",
    "Về kỳ này": "About this period",
    "Về trang đầu": "To the first page",
    "Xem": "Show",
    "Xin thử lại sau ít phút.": "Please try again in some minutes.",
    "Xếp theo thời hạn. Một cam kết chỉ đạt khi được thẩm định từ bên ngoài đơn vị.": (
        "By date. A promise is met only when somebody outside the unit verified it."
    ),
    "còn thiếu": "lacking",
    "cần ít nhất": "at least",
    "hồ sơ": "dossiers",
    "không có": "none",
    "không nêu": "not stated",
    "lượt đánh giá của người dân đã xác thực": "ratings of verified citizens",
    "mục": "entries",
    "mức cao nhất, từ": "of the best, from",
    "phiếu": "answers",
    "quá hạn": "overdue",
    "thuộc": "part of",
    "trên": "above",
    "từ": "from",
    "Ít phiếu thì con số có thể lệch do ngẫu nhiên. Khoảng tin cậy 95 % cho biết tỷ lệ thật "
    "có thể nằm ở đâu. Hai đơn vị có khoảng chồng lên nhau thì chưa thể nói đơn vị nào hơn.": (
        "Of few answers a figure may be off by chance. The 95% interval says where the true "
        "share may lie. Of two units whose intervals overlap nobody can say which is better."
    ),
    "Điểm của người dân": "Ratings",
    "Điểm và mức của từng người chỉ người đó và những người có trách nhiệm được xem.": (
        "A person’s points and band are seen by that person and those in charge only."
    ),
    "Điểm được tính": "Points that count",
    "Đăng nhập": "Sign in",
    "Đăng xuất": "Sign out",
    "Đơn vị": "Unit",
    "Đơn vị hoạt động đến ngày": "This unit ended on",
    "Được dùng lại, kể cả cho mục đích thương mại; xin ghi nguồn.": (
        "May be used again, commercially too; please name the source."
    ),
    "Đã tiếp nhận, chưa có trong nhật ký; phải có trước": (
        "Taken, and not in the log yet; it will be by"
    ),
    "Đến nội dung chính": "To the content",
    "Để đạt mức kế tiếp": "For the next band",
    "Địa chỉ có thể đã gõ sai, hoặc nội dung này không công khai.": (
        "The address may be mistyped, or this is not public."
    ),
    "đang bị giới hạn bởi": "held by",
    "điểm": "points",
    "đã che, lý do ở mục": "hidden, for the reason in entry",
    "đến ngày": "until",
    "Hài lòng theo thủ tục": "Satisfaction by procedure",
    "Hài lòng theo kênh": "Satisfaction by channel",
    "Hài lòng theo yếu tố": "Satisfaction by what it was about",
    "Hồ sơ": "Dossiers",
    "Chỉ số phục vụ người dân, doanh nghiệp": "Index for serving citizens and businesses",
    "điểm của các phần có số liệu": "points of the parts that there are figures for",
    "Thủ tục": "Procedure",
    "Kênh": "Channel",
    "Yếu tố": "About",
}
