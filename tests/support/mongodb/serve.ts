import { spawn } from 'node:child_process'

export interface Served {
  url: string
  /** Ends it with `signal` (default SIGTERM) and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a server that prints the port it listens on. @throws Error with what it printed instead */
export function serve(program: string, args: string[], listening: RegExp, urlOf: (port: string) => string): Promise<Served> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DO_NOT_TRACK: '1' } })
    const ended = new Promise<void>(done => child.on('close', () => done()))
    const patience = setTimeout(() => child.kill('SIGKILL'), 60_000)
    let printed = ''
    const listen = (text: string) => {
      printed = (printed + text).slice(-4_000)
      const port = listening.exec(printed)?.[1]
      if (!port) return
      clearTimeout(patience)
      resolve({ url: urlOf(port), stop: async (signal = 'SIGTERM') => void (child.kill(signal), await ended) })
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    child.on('error', reject)
    void ended.then(() => {
      clearTimeout(patience)
      reject(new Error(`${program} ended without listening: ${printed.slice(-400)}`))
    })
    process.on('exit', () => child.kill('SIGKILL'))
  })
}
