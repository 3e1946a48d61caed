import { spawn, type ChildProcess } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { projectDir } from '../../../server/client-build/fingerprint.ts'

export interface PrintedAccount { username: string; password: string; name: string; role: string }

export interface HubProcessOptions {
  dataDir: string
  /** 0 takes a free port; a restart takes the one it had. */
  port?: number
  demo?: boolean
  /** Start it as a newcomer does, `npm start`; otherwise its entry directly, so that SIGKILL hits the hub itself. */
  throughNpm?: boolean
}

/** Printed last, when the hub is ready. */
const readyLine = /Stop: Ctrl\+C/u
/** A first start builds the client and loads the demo; on a machine under load that is minutes. */
const patience = 300_000

/** The hub as people run it: a process of its own that is known by what it prints. */
export class HubProcess {
  readonly url: string
  readonly port: number
  /** Milliseconds from the command to the printed address. */
  readonly readyAfter: number
  readonly #process: ChildProcess
  readonly #said: () => string
  readonly #ended: Promise<void>

  private constructor(process: ChildProcess, said: () => string, ended: Promise<void>, readyAfter: number) {
    const address = /^ {4}(https?:\/\/\S+)$/mu.exec(said())?.[1]
    if (!address) throw new Error(`no address was printed: ${said()}`)
    this.url = address.replace(/\/$/u, '')
    this.port = Number(new URL(address).port)
    this.readyAfter = readyAfter
    this.#process = process
    this.#said = said
    this.#ended = ended
  }

  static async start({ dataDir, port = 0, demo = false, throughNpm = false }: HubProcessOptions): Promise<HubProcess> {
    const began = performance.now()
    const [command, ...words] = throughNpm ? ['npm', 'start'] : [process.execPath, '--disable-warning=ExperimentalWarning', 'server/main.ts']
    // A group of its own: npm, its shell and the hub end together.
    const child = spawn(command as string, words, { cwd: projectDir, env: environment({ dataDir, port, demo }), stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let output = ''
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
    // A test run that is given up takes its hubs with it.
    const endWithUs = () => signalGroup(child, 'SIGKILL')
    process.once('exit', endWithUs)
    child.once('exit', () => process.off('exit', endWithUs))
    const ready = new Promise<number>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += stripVTControlCharacters(chunk.toString())
          if (readyLine.test(output)) resolve(performance.now() - began)
        })
      }
      child.once('error', reject)
      child.once('exit', code => reject(new Error(`the hub ended with ${code} before it was ready: ${output}`)))
      setTimeout(() => reject(new Error(`the hub was not ready after ${patience / 1000} s: ${output}`)), patience).unref()
    })
    const readyAfter = await ready.catch(error => {
      signalGroup(child, 'SIGKILL')
      throw error
    })
    return new HubProcess(child, () => output, ended, readyAfter)
  }

  /** All that it printed. */
  get output(): string {
    return this.#said()
  }

  /** The demo accounts in the greeting, as a person would read them off the screen. */
  get accounts(): PrintedAccount[] {
    return [...this.output.matchAll(/^ {4}(\S+) {2,}(\S+) {2,}(\S.*?) {2,}(\S.*)$/gmu)]
      .map(([, username = '', password = '', name = '', role = '']) => ({ username, password, name, role: role.trim() }))
  }

  /** No goodbye: as when the power goes. */
  async kill(): Promise<void> {
    signalGroup(this.#process, 'SIGKILL')
    await this.#ended
  }

  /** Ctrl+C. */
  async stop(): Promise<void> {
    signalGroup(this.#process, 'SIGINT')
    await this.#ended
  }
}

function environment({ dataDir, port, demo }: { dataDir: string; port: number; demo: boolean }): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return { PATH, HOME, MEDIA: 'off', DATA_DIR: dataDir, PORT: String(port), ...(demo ? {} : { DEMO: '0' }) }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
