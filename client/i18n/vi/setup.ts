/** The first administrator of an empty hub. */
export default {
  title: 'Thiết lập ban đầu',
  heading: 'Tạo quản trị viên đầu tiên',
  text: 'Hệ thống chưa có tài khoản nào. Quản trị viên sẽ lập danh bạ, đơn vị và điểm cầu.',
  name: 'Họ và tên',
  position: 'Chức vụ',
  username: 'Tên đăng nhập',
  usernameHint: 'Chữ cái không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới.',
  password: 'Mật khẩu',
  repeat: 'Nhập lại mật khẩu',
  code: 'Mã thiết lập',
  codeHint: 'Chỉ cần khi mở trang này từ máy khác. Máy chủ in mã ra khi khởi động.',
  submit: 'Tạo tài khoản và bắt đầu',
}
