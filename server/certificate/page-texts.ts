import type { Language } from '../../shared/contracts/refusal.ts'

interface Device { name: string; steps: string[] }

/** The words of the page that explains the certificate. Menu names are those that the systems themselves show. */
export interface PageTexts {
  title: string
  why: string
  missing: { title: string; points: string[] }
  download: string
  fingerprint: string
  none: string
  noneHow: string
  otherDevice: string
  thisMachineOnly: string
  devices: Device[]
  afterwards: string
  open: string
  secureAlready: string
  otherLanguage: string
}

export const pageTexts: Record<Language, PageTexts> = {
  vi: {
    title: 'Cài chứng thư của máy chủ họp',
    why: 'Chứng thư cho máy tính bảng biết đây đúng là máy chủ họp của cơ quan và mã hóa mọi thứ gửi đi. Mỗi máy chỉ cần cài một lần.',
    missing: {
      title: 'Trang này đang mở bằng kết nối không mã hóa. Khi họp qua kết nối như vậy:',
      points: [
        'không dùng được máy ảnh và micrô, nên không họp được từ điểm cầu;',
        'không giữ sẵn được tài liệu trên máy để đọc khi mất mạng;',
        'không bỏ phiếu kín được;',
        'và mật khẩu có thể bị người khác trong cùng mạng đọc được.',
      ],
    },
    download: 'Tải chứng thư gốc',
    fingerprint: 'Dấu vân tay SHA-256, để đối chiếu với người quản trị:',
    none: 'Máy chủ này chưa có chứng thư gốc.',
    noneHow: 'Người quản trị tạo bằng lệnh “npm run certificate” trên máy chủ, rồi khởi động lại theo hướng dẫn mà lệnh in ra.',
    otherDevice: 'Dùng máy ảnh của máy tính bảng quét mã này để mở trang:',
    thisMachineOnly: 'Máy chủ hiện chỉ nghe trên chính máy này nên máy khác chưa mở được. Người quản trị đặt HOST=0.0.0.0 rồi khởi động lại.',
    devices: [
      {
        name: 'iPad, iPhone',
        steps: [
          'Mở trang này bằng Safari, chạm “Tải chứng thư gốc”, rồi chạm “Cho phép”.',
          'Mở ứng dụng Cài đặt, chạm “Đã tải về hồ sơ” ở phía trên, chạm “Cài đặt” ở góc phải và nhập mật mã của máy.',
          'Vào Cài đặt › Cài đặt chung › Giới thiệu › Cài đặt tin cậy chứng nhận.',
          'Bật công tắc bên cạnh tên “{name}”, rồi chạm “Tiếp tục”.',
        ],
      },
      {
        name: 'Android',
        steps: [
          'Chạm “Tải chứng thư gốc”. Tệp authority.crt nằm trong mục Tải xuống.',
          'Mở Cài đặt › Bảo mật và quyền riêng tư › Cài đặt bảo mật khác › Mã hóa và thông tin đăng nhập. Tên mục có thể khác đôi chút; tìm “chứng chỉ” trong Cài đặt nếu không thấy.',
          'Chạm “Cài đặt chứng chỉ” › “Chứng chỉ CA” › “Vẫn cài đặt”.',
          'Nhập mật mã của máy và chọn tệp authority.crt.',
        ],
      },
      {
        name: 'Windows',
        steps: [
          'Bấm “Tải chứng thư gốc”, mở tệp authority.crt, rồi bấm “Install Certificate…”.',
          'Chọn “Local Machine”, bấm “Next”.',
          'Chọn “Place all certificates in the following store”, bấm “Browse…”, chọn “Trusted Root Certification Authorities”.',
          'Bấm “Next”, “Finish”, rồi đóng và mở lại trình duyệt.',
        ],
      },
    ],
    afterwards: 'Cài xong, mở trang họp bằng địa chỉ này:',
    open: 'Mở trang họp',
    secureAlready: 'Trang này đang mở bằng kết nối mã hóa.',
    otherLanguage: 'English',
  },
  en: {
    title: 'Install the hub’s certificate',
    why: 'The certificate tells a tablet that this really is the office’s meeting hub, and encrypts everything that is sent. Each device needs it once.',
    missing: {
      title: 'This page was opened over a connection that is not encrypted. In a meeting over such a connection:',
      points: [
        'camera and microphone do not work, so nobody can join from a site;',
        'papers cannot be kept on the device for when the network is gone;',
        'secret ballots are not possible;',
        'and others on the same network may read passwords.',
      ],
    },
    download: 'Download the authority',
    fingerprint: 'SHA-256 fingerprint, to compare with the administrator:',
    none: 'This hub has no private authority yet.',
    noneHow: 'The administrator makes it with “npm run certificate” on the hub’s machine and restarts the hub as that command says.',
    otherDevice: 'Scan this code with the tablet’s camera to open the page there:',
    thisMachineOnly: 'The hub listens on its own machine only, so other devices cannot open it yet. The administrator sets HOST=0.0.0.0 and restarts it.',
    devices: [
      {
        name: 'iPad, iPhone',
        steps: [
          'Open this page in Safari, tap “Download the authority”, then “Allow”.',
          'Open the Settings app, tap “Profile Downloaded” near the top, tap “Install” in the corner and enter the device’s passcode.',
          'Go to Settings › General › About › Certificate Trust Settings.',
          'Turn on the switch beside “{name}”, then tap “Continue”.',
        ],
      },
      {
        name: 'Android',
        steps: [
          'Tap “Download the authority”. The file authority.crt is in Downloads.',
          'Open Settings › Security & privacy › More security settings › Encryption & credentials. Names differ a little; search Settings for “certificate” if you do not find it.',
          'Tap “Install a certificate” › “CA certificate” › “Install anyway”.',
          'Enter the device’s passcode and choose authority.crt.',
        ],
      },
      {
        name: 'Windows',
        steps: [
          'Click “Download the authority”, open authority.crt and click “Install Certificate…”.',
          'Choose “Local Machine” and click “Next”.',
          'Choose “Place all certificates in the following store”, click “Browse…” and choose “Trusted Root Certification Authorities”.',
          'Click “Next” and “Finish”, then close the browser and open it again.',
        ],
      },
    ],
    afterwards: 'When it is installed, open the hub at this address:',
    open: 'Open the hub',
    secureAlready: 'This page was opened over an encrypted connection.',
    otherLanguage: 'Tiếng Việt',
  },
}
