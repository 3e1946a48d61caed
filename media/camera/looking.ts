import { Refused, type RefusalCode } from '../../shared/contracts/refusal.ts'
import { run } from '../recording/program.ts'
import { playlistOf, readsPlaylist } from './playlist.ts'

/** Less than a hub waits for a media process. */
const patience = 6_000

/** What a camera's picture is. */
export interface Seen {
  codec: string
  /** Pictures do not come in the order in which they are shown, which WebRTC has no means for. */
  reordered: boolean
}

/** Why a camera cannot be seen, from what ffmpeg says, which holds the password and goes no further. */
export function troubleOf(said: string): RefusalCode {
  if (/\b401\b|\b403\b|authorization failed/i.test(said)) return 'media.cameraLogin'
  if (/\b404\b|\b454\b/.test(said)) return 'media.cameraNotFound'
  if (/refused|timed out|unreachable|no route|reset by peer|not permitted/i.test(said)) return 'media.cameraUnreachable'
  return 'media.cameraFailed'
}

/** Asks the camera what it sends. @throws Refused */
export async function lookAt(ffprobe: string, address: string): Promise<Seen> {
  const lines: string[] = []
  const words = ['-v', 'error', '-analyzeduration', '2000000', ...readsPlaylist, '-select_streams', 'v:0', '-show_entries', 'stream=codec_name,has_b_frames,width', '-of', 'json']
  const { child, gone, said } = run(ffprobe, words, { cwd: '/', input: playlistOf(address), onLine: (line) => lines.push(line) })
  let tooLate = false
  const late = setTimeout(() => {
    tooLate = true
    child.kill('SIGKILL')
  }, patience)
  const { code } = await gone
  clearTimeout(late)
  if (tooLate) throw new Refused('media.cameraUnreachable')
  if (code !== 0) throw new Refused(troubleOf(said()))
  const { streams = [] } = JSON.parse(lines.join('\n')) as { streams?: { codec_name?: string; has_b_frames?: number; width?: number }[] }
  const [picture] = streams
  if (!picture?.codec_name || !picture.width) throw new Refused('media.cameraNoPicture')
  return { codec: picture.codec_name, reordered: (picture.has_b_frames ?? 0) > 0 }
}
