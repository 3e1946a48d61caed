/** What comes a moment after the paper: taking it along, who has opened it, a stamp that was found in it. */
export default {
  take: 'Tải tài liệu về máy',
  takePdf: 'Tải bản PDF',
  takeMarked: 'Tải bản PDF có in chìm tên bạn',
  takeOriginal: 'Tải tệp gốc ({name})',
  preparing: 'Đang chuẩn bị tệp “{name}”…',
  saved: 'Đã tải về “{name}”.',
  whoOpened: 'Ai đã mở tài liệu',
  whoOpenedText: 'Chỉ chủ tọa và thư ký thấy danh sách này. Mở là đã mở trong cuộc họp này, không có nghĩa là đã đọc hết.',
  noPapers: 'Cuộc họp chưa có tài liệu nào đã duyệt.',
  count: '{opened}/{all} người đã mở',
  notOpened: 'Chưa mở ({count})',
  oldOnly: 'Chỉ mở bản cũ ({count})',
  hasOpened: 'Đã mở ({count})',
  nobody: 'Không có ai',
  stamp: 'Tài liệu này có dấu độ mật {level}',
  stampText: 'Dấu được nhận ra trong ảnh quét sau khi tài liệu đã tải lên. Tài liệu thuộc bí mật nhà nước không được để trên hệ thống này: xin gỡ tài liệu khỏi cuộc họp và báo người phụ trách bảo mật. Nếu nhận nhầm, có thể để lại. Chỉ chủ tọa, thư ký và người gửi thấy thông báo này.',
}
