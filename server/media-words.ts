/** What the terminal says of video: `npm start` below its greeting, and `npm run media:worker`. */
import type { MediaControl } from '../media/control.ts'
import type { MediaAvailability, MediaFailed, WorkerOrigin } from '../shared/contracts/media-availability.ts'
import type { Said } from './config.ts'
import type { Terminal } from './terminal.ts'

/** Null where there is nothing to say. */
export function mediaSaid(media: MediaAvailability): Said | null {
  switch (media.state) {
    case 'absent':
    case 'starting': return null
    case 'fetching': return {
      vi: 'Truyền hình: đang chuẩn bị ở chế độ nền, chỉ cần một lần; mọi việc khác dùng được ngay.',
      en: 'Video: being prepared in the background, needed only once; everything else works at once.',
    }
    case 'installing': return {
      vi: `Truyền hình: đang cài các gói Debian còn thiếu: ${media.packages.join(' ')}`,
      en: `Video: installing the Debian packages that are missing: ${media.packages.join(' ')}`,
    }
    case 'building': return {
      vi: `Truyền hình: đã biên dịch ${percent(media)} %`,
      en: `Video: ${percent(media)} % compiled`,
    }
    case 'ready': return { vi: `Truyền hình: chương trình xử lý đã sẵn sàng (${origins[media.from].vi}).`, en: `Video: its worker is ready (${origins[media.from].en}).` }
    case 'failed': return failed(media)
  }
}

const origins: Record<WorkerOrigin, Said> = {
  given: { vi: 'theo MEDIASOUP_WORKER_BIN', en: 'by MEDIASOUP_WORKER_BIN' },
  cached: { vi: 'đã có từ trước', en: 'it was there' },
  downloaded: { vi: 'đã tải về', en: 'downloaded' },
  built: { vi: 'đã biên dịch trên máy này', en: 'built on this machine' },
}

function failed({ reason, packages, detail }: MediaFailed): Said {
  const last = detail.trim().split('\n').at(-1) ?? ''
  const command = `${process.getuid?.() === 0 ? '' : 'sudo '}apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const why: Record<MediaFailed['reason'], Said> = {
    given: { vi: `chương trình nêu ở MEDIASOUP_WORKER_BIN không chạy được: ${last}`, en: `what MEDIASOUP_WORKER_BIN names does not start: ${last}` },
    missing: { vi: 'chưa có trên máy này, và MEDIA=present không cho tải hoặc biên dịch. Hãy chạy: npm run media:worker', en: 'it is not on this machine, and MEDIA=present allows neither download nor build. Run: npm run media:worker' },
    packages: { vi: `không tải được, và để biên dịch còn thiếu gói. Hãy chạy: ${command} && npm run media:worker`, en: `it could not be downloaded, and packages are missing to build it. Run: ${command} && npm run media:worker` },
    install: { vi: `không cài được các gói. Hãy chạy: ${command} && npm run media:worker`, en: `packages could not be installed. Run: ${command} && npm run media:worker` },
    platform: { vi: 'không tải được, và chỉ biên dịch được trên Linux', en: 'it could not be downloaded, and can be built on Linux only' },
    sources: { vi: `mã nguồn mediasoup đã thay đổi: ${last}`, en: `mediasoup's sources have changed: ${last}` },
    build: { vi: `không biên dịch được, lý do nằm trong nhật ký: ${last}`, en: `it did not compile, the log says why: ${last}` },
    start: { vi: `đã biên dịch nhưng không chạy được: ${last}`, en: `it was built but does not start: ${last}` },
    unreachable: { vi: `không kết nối được máy xử lý hình ảnh, âm thanh nào trong MEDIA_NODES: ${last}`, en: `no media process of MEDIA_NODES can be reached: ${last}` },
  }
  return { vi: `Chưa có truyền hình (mọi việc khác vẫn dùng được): ${why[reason].vi}`, en: `There is no video (everything else works): ${why[reason].en}` }
}

function percent({ done, total }: { done: number; total: number }): number {
  return Math.floor(done / Math.max(1, total) * 100)
}

/** Chooses what is worth a line of what becomes of video: of a build each `step` percent, nothing of a worker that was there and starts. */
export function mediaTeller(first: MediaAvailability, step: number): (now: MediaAvailability) => Said | null {
  let made = first.state !== 'starting'
  let told = 0
  return (now) => {
    if (now.state === 'fetching') made = true
    if (now.state === 'building') {
      if (percent(now) < told + step) return null
      told = percent(now) - percent(now) % step
    }
    return made || now.state === 'failed' ? mediaSaid(now) : null
  }
}

/** Says what becomes of video from now on. */
export function tellOfMedia({ said }: Terminal, media: MediaControl, step: number): void {
  const tell = mediaTeller(media.availability, step)
  media.onAvailability((now) => {
    const words = tell(now)
    if (words) said(words)
  })
}
