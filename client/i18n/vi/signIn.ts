/** The sign-in page. */
export default {
  title: 'Đăng nhập',
  heading: 'Xin mời đăng nhập',
  text: 'Chương trình, tài liệu và biểu quyết của cuộc họp ở cùng một nơi.',
  username: 'Tên đăng nhập',
  password: 'Mật khẩu',
  submit: 'Đăng nhập',
  help: 'Quên mật khẩu? Xin liên hệ quản trị viên của cơ quan để được cấp lại.',
}
