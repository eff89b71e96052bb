/** What the gateway itself tells a caller, in Vietnamese and English. */

const MESSAGES = {
  UNAUTHENTICATED: {
    en: 'The access token is not valid or has expired.',
    vi: 'Mã truy cập không hợp lệ hoặc đã hết hạn.',
  },
  TOKEN_NEEDED: {
    en: 'This needs an access token.',
    vi: 'Thao tác này cần mã truy cập.',
  },
  FORBIDDEN: {
    en: 'The access token does not allow this.',
    vi: 'Mã truy cập không cho phép thao tác này.',
  },
  IDENTITY_UNAVAILABLE: {
    en: 'Access tokens cannot be checked at the moment; try again.',
    vi: 'Hiện chưa kiểm tra được mã truy cập; xin thử lại.',
  },
  RATE_LIMITED: {
    en: 'Too many requests; wait a moment and try again.',
    vi: 'Quá nhiều yêu cầu; xin chờ một lát rồi thử lại.',
  },
  BODY_TOO_LARGE: {
    en: 'The request body is larger than the limit.',
    vi: 'Nội dung yêu cầu vượt quá giới hạn kích thước.',
  },
  TOO_COSTLY: {
    en: 'The query may return more objects than the limit; ask for smaller pages.',
    vi: 'Truy vấn có thể trả về quá nhiều đối tượng; xin yêu cầu các trang nhỏ hơn.',
  },
  PAGE_TOO_LONG: {
    en: 'A page has 1 to 100 items.',
    vi: 'Mỗi trang có từ 1 đến 100 mục.',
  },
  ANSWER_TOO_LARGE: {
    en: 'The answer is larger than the limit; ask for less at a time.',
    vi: 'Kết quả vượt quá giới hạn kích thước; xin yêu cầu ít hơn mỗi lần.',
  },
  WRONG_HOST: {
    en: 'This name is not served here.',
    vi: 'Tên máy chủ này không được phục vụ tại đây.',
  },
  DOCUMENT_NEEDED: {
    en: 'Only registered documents are answered: send documentId.',
    vi: 'Chỉ trả lời các tài liệu truy vấn đã đăng ký: xin gửi documentId.',
  },
  DOCUMENT_UNKNOWN: {
    en: 'There is no such registered document, or its text is another.',
    vi: 'Tài liệu truy vấn chưa được đăng ký, hoặc nội dung không khớp.',
  },
  UNAVAILABLE: {
    en: 'Part of the platform does not answer at the moment; try again.',
    vi: 'Một phần của nền tảng hiện không phản hồi; xin thử lại.',
  },
  ONLY_READING: {
    en: 'These pages can only be read.',
    vi: 'Các trang này chỉ để đọc.',
  },
  INTERNAL: {
    en: 'Something went wrong on our side.',
    vi: 'Đã xảy ra lỗi ở phía hệ thống.',
  },
};

/** The language a caller reads, from Accept-Language; Vietnamese unless English is asked for. */
export function languageOf(acceptLanguage) {
  const ranked = String(acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag, ...params] = part.trim().toLowerCase().split(';');
      const quality = params.map((param) => param.trim()).find((param) => param.startsWith('q='));
      return { tag: tag.split('-')[0], quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => (tag === 'vi' || tag === 'en') && quality > 0)
    .sort((left, right) => right.quality - left.quality);
  return ranked[0]?.tag ?? 'vi';
}

export function message(key, acceptLanguage) {
  return MESSAGES[key][languageOf(acceptLanguage)];
}
