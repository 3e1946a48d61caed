import { relative } from 'node:path'
import type { MediaAvailability } from '../shared/contracts/media-availability.ts'
import type { Config } from './config.ts'
import { hubUrls } from './addresses.ts'
import type { DemoAccount } from './first-start.ts'
import { mediaSaid } from './media-words.ts'
import type { Terminal } from './terminal.ts'

export interface Greeting {
  config: Config
  port: number
  /** Made at this very start; null otherwise. */
  demoAccounts: DemoAccount[] | null
  demoPasswordsLeft: boolean
  /** Set while there is no account at all. */
  setupCode: string | null
  reachable: boolean
  /** The plain page about the certificate; null without HTTPS. */
  certificateUrl: string | null
  /** Letters in scans can be recognised (tesseract with Vietnamese). */
  recognises: boolean
  /** Meetings can be recorded (ffmpeg), or there is no video to be recorded. */
  records: boolean
  /** Debian packages without which office files cannot be converted; empty when they are there. */
  officeMissing: readonly string[]
  /** LibreOffice can be shut off completely here (namespaces). */
  officeBoxed: boolean
  /** Video, as far as it has got; the hub does not wait for it. */
  media: MediaAvailability
}

/** What is printed when the hub is ready. */
export function greet(terminal: Terminal, { config, port, demoAccounts, demoPasswordsLeft, setupCode, reachable, certificateUrl, recognises, records, officeMissing, officeBoxed, media }: Greeting): void {
  const { line, said } = terminal
  line()
  said({ vi: 'Giao ban đã sẵn sàng. Mở trang:', en: 'Giao ban is ready. Open:' })
  line()
  for (const url of hubUrls(config, port)) line(`    ${url}`)
  line()
  if (demoAccounts) printAccounts(terminal, demoAccounts)
  if (setupCode !== null) {
    said({
      vi: `Chưa có tài khoản nào: trang trên sẽ hỏi để tạo quản trị viên${reachable ? ` (mã thiết lập khi mở từ máy khác: ${setupCode})` : ''}.`,
      en: `There is no account yet: that page asks for an administrator${reachable ? ` (set-up code on another machine: ${setupCode})` : ''}.`,
    })
    line()
  }
  if (demoPasswordsLeft && reachable) {
    said({
      vi: 'Vẫn còn tài khoản dùng mật khẩu dùng thử: chỉ đăng nhập được trên chính máy này, và phải đổi mật khẩu trước.',
      en: 'Some accounts still have demo passwords: they work on this machine only, and ask for a new password first.',
    })
    line()
  }
  if (certificateUrl) {
    said({ vi: `Cài chứng thư cho máy tính bảng: ${certificateUrl}`, en: `Install the certificate on tablets: ${certificateUrl}` })
    line()
  }
  if (!recognises) {
    said({
      vi: 'Chưa cài tesseract-ocr và tesseract-ocr-vie: chữ trong bản quét không tìm kiếm được, dấu mật trên bản quét không được nhận ra.',
      en: 'tesseract-ocr and tesseract-ocr-vie are not installed: words in scans cannot be searched, secrecy stamps on scans are not noticed.',
    })
    line()
  }
  if (!records) {
    said({
      vi: 'Chưa cài ffmpeg: không ghi âm, ghi hình cuộc họp được.',
      en: 'ffmpeg is not installed: meetings cannot be recorded.',
    })
    line()
  }
  if (officeMissing.length > 0) {
    said({
      vi: `Chưa chuyển được tệp Word, Excel, PowerPoint sang PDF. Cần cài: ${officeMissing.join(' ')}`,
      en: `Word, Excel and PowerPoint files cannot be converted yet. To be installed: ${officeMissing.join(' ')}`,
    })
    line()
  } else if (!officeBoxed) {
    said({
      vi: 'Máy này không cho phép cô lập LibreOffice hoàn toàn (namespaces): tệp văn phòng được chuyển với mức bảo vệ yếu hơn.',
      en: 'This machine does not allow LibreOffice to be shut off completely (namespaces): office files are converted with weaker protection.',
    })
    line()
  }
  const aboutMedia = mediaSaid(media)
  if (aboutMedia && media.state !== 'ready') {
    said(aboutMedia)
    line()
  }
  const log = config.logTo === 'file' ? relative(process.cwd(), `${config.dataDir}/hub.log`) || 'hub.log' : null
  const stop = { vi: 'Dừng: Ctrl+C', en: 'Stop: Ctrl+C' }
  said(log === null ? stop : { vi: `Nhật ký: ${log} · ${stop.vi}`, en: `Log: ${log} · ${stop.en}` })
  line()
}

function printAccounts({ line, said }: Terminal, accounts: readonly DemoAccount[]): void {
  said({
    vi: 'Tài khoản dùng thử (chỉ đăng nhập được trên chính máy này):',
    en: 'Demo accounts (they work on this machine only):',
  })
  line()
  const width = (field: keyof DemoAccount) => Math.max(...accounts.map(account => [...account[field]].length))
  const pad = (text: string, length: number) => text + ' '.repeat(length - [...text].length)
  const [names, passwords, people] = [width('username'), width('password'), width('name')]
  for (const { username, password, name, role } of accounts) {
    line(`    ${pad(username, names)}  ${pad(password, passwords)}  ${pad(name, people)}  ${role}`)
  }
  line()
}
