import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'

export interface CommandOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  signal?: AbortSignal | undefined
  /** Milliseconds, after which it is ended. */
  timeout: number
  /** Others on this machine come first. */
  nice?: boolean
  /** Told of each line it prints, on either stream. */
  onLine?: (line: string) => void
}

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/**
 * Runs a program with all it starts in a group of its own, which is ended as a whole.
 * @throws CommandFailed with the last lines it printed
 */
export async function runCommand(program: string, args: readonly string[], { cwd, env, signal, timeout, nice = false, onLine = () => {} }: CommandOptions): Promise<void> {
  signal?.throwIfAborted()
  const child = spawn(program, args, { cwd, env: { ...inherited(), ...env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  if (nice && child.pid !== undefined) setPriority(child.pid, 15)
  const last: string[] = []
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => {
    last.push(line)
    if (last.length > 12) last.shift()
    onLine(line)
  })
  let why = ''
  const end = (reason: string) => {
    why ||= reason
    if (child.pid !== undefined) endGroup(child.pid)
  }
  const timer = setTimeout(() => end(`${program} was not done after ${timeout / 1000} s`), timeout)
  const onAbort = () => end('stopped')
  const onExit = () => end('this process ended')
  signal?.addEventListener('abort', onAbort)
  process.once('exit', onExit)
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    signal?.throwIfAborted()
    if (why || code !== 0) throw new CommandFailed([why || `${program} ended with ${code}`, ...last].join('\n'))
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    process.off('exit', onExit)
  }
}

/** The hub's environment holds passwords, which are no business of a compiler. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PATH|HOME|TMPDIR|\w+_proxy)$/i.test(name)))
}

function eachLine(stream: NodeJS.ReadableStream, tell: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tell(line)
  }).on('end', () => { if (rest) tell(rest) })
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
