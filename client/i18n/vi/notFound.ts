/** An address that leads nowhere. */
export default {
  title: 'Không tìm thấy trang',
  heading: 'Không có trang này',
  text: 'Địa chỉ có thể đã gõ nhầm, hoặc nội dung đã được gỡ.',
  home: 'Về trang chính',
}
