/** Refusals that any edge may give. Every entry has a sentence in both languages; `{name}` is filled from the refusal's params. */
export const commonRefusals = {
  'request.malformed': {
    vi: 'Yêu cầu không đúng định dạng ({field}).',
    en: 'The request is not well formed ({field}).',
  },
  'request.tooLarge': { vi: 'Dữ liệu gửi lên quá lớn.', en: 'What was sent is too large.' },
  'request.tooMany': {
    vi: 'Quá nhiều yêu cầu. Xin thử lại sau {seconds} giây.',
    en: 'Too many requests. Please try again in {seconds} seconds.',
  },
  'request.foreignOrigin': { vi: 'Yêu cầu đến từ một trang khác nên bị từ chối.', en: 'The request came from another site and was refused.' },
  'notFound': { vi: 'Không tìm thấy nội dung này.', en: 'This does not exist.' },
  'session.required': { vi: 'Xin đăng nhập để tiếp tục.', en: 'Please sign in to go on.' },
  'permission.denied': { vi: 'Bạn không có quyền thực hiện việc này.', en: 'You are not allowed to do this.' },
  'client.tooOld': {
    vi: 'Ứng dụng đã có phiên bản mới. Xin tải lại trang.',
    en: 'There is a newer version of this application. Please reload the page.',
  },
  'command.idTaken': { vi: 'Mã lệnh này đã được người khác dùng.', en: 'This command id was used by somebody else.' },
  'hub.failed': { vi: 'Máy chủ gặp lỗi. Chưa có gì thay đổi.', en: 'The hub met an error. Nothing was changed.' },
  'hub.unknown': {
    vi: 'Chưa rõ kết quả. Ứng dụng sẽ tự gửi lại.',
    en: 'The outcome is not known yet. The application will send it again.',
  },
  'hub.stopping': { vi: 'Máy chủ đang khởi động lại. Xin thử lại.', en: 'The hub is restarting. Please try again.' },
} as const
