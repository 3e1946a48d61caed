/** Search in all papers of a meeting. */
export default {
  open: 'Tìm trong mọi tài liệu',
  title: 'Tìm trong mọi tài liệu',
  field: 'Từ cần tìm (không cần gõ dấu)',
  hint: 'Tìm trong tên mục, tên tài liệu và từng trang. Gõ từ hai chữ trở lên.',
  waiting: 'Đang tìm…',
  nothing: 'Không tìm thấy.',
  failed: 'Chưa tìm được vì mất kết nối.',
  retry: 'Tìm lại',
  found: 'Thấy trong {papers} tài liệu, {pages} trang.',
  making: '{count} tài liệu đang được đọc, kết quả sẽ đầy đủ sau ít phút.',
  unsearchable: '{count} tài liệu là bản quét, không có chữ để tìm.',
  items: 'Mục trong chương trình',
  page: 'Trang {page}',
  openPaper: 'Mở tài liệu',
  more: 'và {count} trang khác.',
}
