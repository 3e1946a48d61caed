import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { startGst, type GstProgram } from './gst/program.ts'

/** With characters that mean something in addresses, shells and ffmpeg's files. */
export const cameraPassword = "bi m'ật$1"

export interface RoomCamera {
  port: number
  address: string
  stop(): Promise<void>
}

/** An RTSP server with a test picture at /live; `port`: the one it had before it was stopped. */
export async function startCamera(codec: 'h264' | 'jpeg' = 'h264', port = 0): Promise<RoomCamera> {
  const program: GstProgram = startGst('camera.py', { port, user: 'phonghop', password: cameraPassword, codec })
  const bound = Number((await program.said('port'))['port'])
  return { port: bound, address: `rtsp://phonghop:${encodeURIComponent(cameraPassword).replaceAll("'", '%27')}@127.0.0.1:${bound}/live`, stop: () => program.stop() }
}

/** ffmpeg and ffprobe that this process has started: what anybody on this machine could read of each. */
export function ffmpegs(): { pid: number; seen: string }[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,comm=']).toString().trim().split('\n').map((line) => line.trim().split(/\s+/)).flatMap(([pid, parent, name]) => {
    if (Number(parent) !== process.pid || !name?.startsWith('ff')) return []
    const read = (what: string) => { try { return readFileSync(`/proc/${pid}/${what}`, 'latin1') } catch { return '' } }
    return [{ pid: Number(pid), seen: `${read('cmdline')} ${read('environ')}` }]
  })
}
