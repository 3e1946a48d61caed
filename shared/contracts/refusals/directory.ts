/** Refusals about accounts, people and sessions. */
export const directoryRefusals = {
  'session.wrongPassword': {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    en: 'The user name or the password is wrong.',
  },
  'session.tooManyAttempts': {
    vi: 'Đăng nhập sai quá nhiều lần. Xin thử lại sau {seconds} giây.',
    en: 'Too many wrong attempts. Please try again in {seconds} seconds.',
  },
  'session.demoFromElsewhere': {
    vi: 'Tài khoản này còn dùng mật khẩu dùng thử nên chỉ đăng nhập được trên chính máy chủ. Xin đổi mật khẩu tại máy chủ trước.',
    en: 'This account still has its demo password, so it works only on the hub’s own machine. Please change the password there first.',
  },
  'password.mustChange': {
    vi: 'Xin đổi mật khẩu trước khi tiếp tục.',
    en: 'Please change your password before you go on.',
  },
  'password.oldWrong': { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is wrong.' },
  'password.tooShort': {
    vi: 'Mật khẩu phải có ít nhất {length} ký tự.',
    en: 'The password needs at least {length} characters.',
  },
  'password.tooLong': {
    vi: 'Mật khẩu không được dài quá {length} ký tự.',
    en: 'The password may have at most {length} characters.',
  },
  'password.holdsUsername': {
    vi: 'Mật khẩu không được chứa tên đăng nhập.',
    en: 'The password must not contain the user name.',
  },
  'password.common': {
    vi: 'Mật khẩu này quá dễ đoán. Xin chọn mật khẩu khác.',
    en: 'This password is too easy to guess. Please choose another.',
  },
  'password.same': {
    vi: 'Mật khẩu mới phải khác mật khẩu hiện tại.',
    en: 'The new password must differ from the current one.',
  },
  'account.usernameTaken': {
    vi: 'Tên đăng nhập “{username}” đã có người dùng.',
    en: 'The user name “{username}” is taken.',
  },
  'account.lastAdministrator': {
    vi: 'Đây là quản trị viên cuối cùng đang hoạt động nên không thể bỏ quyền hoặc ngừng tài khoản.',
    en: 'This is the last active administrator, who cannot lose that role or be deactivated.',
  },
  'record.changed': {
    vi: 'Người khác vừa thay đổi nội dung này. Xin tải lại rồi thử lần nữa.',
    en: 'Somebody else has just changed this. Please reload and try again.',
  },
  'unit.unknown': { vi: 'Không có đơn vị này.', en: 'There is no such unit.' },
  'unit.nameTaken': { vi: 'Đã có đơn vị tên “{name}”.', en: 'There is already a unit named “{name}”.' },
  'site.unknown': { vi: 'Không có điểm cầu này.', en: 'There is no such site.' },
  'site.nameTaken': { vi: 'Đã có điểm cầu tên “{name}”.', en: 'There is already a site named “{name}”.' },
  'setup.done': {
    vi: 'Hệ thống đã có quản trị viên. Xin đăng nhập.',
    en: 'This hub already has an administrator. Please sign in.',
  },
  'setup.fromElsewhere': {
    vi: 'Xin thực hiện bước này trên chính máy chủ, hoặc nhập mã thiết lập mà máy chủ in ra khi khởi động.',
    en: 'Please do this on the hub’s own machine, or give the set-up code that the hub printed when it started.',
  },
} as const
