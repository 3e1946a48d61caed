import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program of ours in Debian's Python, with GStreamer; what it needs it is told on its standard input, and it ends when that is closed. */
export interface GstProgram {
  process: ChildProcess
  /** The next line it says that has this key, at once if it has come already. */
  said(key: string, fits?: (value: unknown) => boolean): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

const python = '/usr/bin/python3'

/** Why there is no GStreamer here with what the tests need; null: there is. */
export function gstMissing(): string | null {
  try {
    execFileSync(python, ['-c', "import gi\nfor name, version in (('Gst', '1.0'), ('GstWebRTC', '1.0'), ('GstSdp', '1.0'), ('GstRtspServer', '1.0')):\n    gi.require_version(name, version)\nfrom gi.repository import Gst, GstWebRTC, GstSdp, GstRtspServer\nGst.init(None)\nfor one in ('webrtcbin', 'nicesrc', 'dtlssrtpenc', 'x264enc', 'vp8enc', 'opusenc'):\n    assert Gst.ElementFactory.find(one), one"], { stdio: 'pipe', timeout: 60_000 })
    return null
  } catch (error) {
    if (process.env['REQUIRE_MEDIA'] === '1') throw error
    return 'GStreamer with python3-gi is not here'
  }
}

export function startGst(name: string, asked: object): GstProgram {
  const child = spawn(python, [new URL(name, import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: Record<string, unknown>[] = []
  const looks = new Set<() => void>()
  let errors = ''
  let over = false
  const look = () => { for (const one of [...looks]) one() }
  child.stderr.on('data', (data: Buffer) => { errors = (errors + data.toString()).slice(-2_000) })
  createInterface(child.stdout).on('line', (line) => {
    lines.push(JSON.parse(line))
    look()
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => {
    over = true
    look()
    resolve()
  }))
  child.stdin.write(`${JSON.stringify(asked)}\n`)
  return {
    process: child,
    said: (key, fits = () => true) => new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${name} did not say ${key}; it said ${JSON.stringify(lines)} ${errors}`)), 30_000)
      const one = () => {
        const found = lines.find((line) => key in line && fits(line[key]))
        if (!found && !over) return
        clearTimeout(late)
        looks.delete(one)
        if (found) resolve(found)
        else reject(new Error(`${name} ended without ${key}; it said ${JSON.stringify(lines)} ${errors}`))
      }
      looks.add(one)
      one()
    }),
    async stop() {
      if (over) return
      child.stdin.end()
      const hard = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(hard)
    },
  }
}
