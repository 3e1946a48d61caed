/** Socket silence after which ffmpeg gives a camera up; microseconds. */
const silence = 5_000_000

/** What ffmpeg reads the address from on its standard input (its concat format), where neither `ps` nor a file shows the password. @throws Error when it could be read as anything but one address */
export function playlistOf(address: string): string {
  if (!/^rtsp:\/\/[\x21-\x7e]+$/.test(address) || /['\\]/.test(address)) throw new Error('no address of a camera')
  return `ffconcat version 1.0\nfile '${address}'\noption rtsp_transport tcp\noption timeout ${silence}\n`
}

/** By these words ffmpeg and ffprobe read it, and nothing else than a camera. */
export const readsPlaylist = ['-protocol_whitelist', 'pipe,fd,rtsp,tcp,udp,rtp', '-f', 'concat', '-safe', '0', '-i', 'pipe:0'] as const
