import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'

/** Milliseconds one page may take by the clock. */
const longest = 60_000
const mostAnswer = 20_000_000

let known: Promise<string | null> | null = null

/** The languages to recognise with ("vie+eng"), or null when tesseract with Vietnamese is not on this machine. Asked once. */
export function tesseractLanguages(): Promise<string | null> {
  return known ??= run(['--list-langs'], null, 10_000).then(said => {
    const languages = said.toString('utf8').split(/\s+/u)
    if (!languages.includes('vie')) return null
    return languages.includes('eng') ? 'vie+eng' : 'vie'
  }, () => null)
}

/** Recognises one page of grey pixels; tesseract's own table of words (TSV). @throws Error when it fails or takes too long */
export async function recognise(pixels: Uint8Array, { width, height, dotsPerInch }: { width: number; height: number; dotsPerInch: number }, signal?: AbortSignal): Promise<string> {
  const languages = await tesseractLanguages()
  if (languages === null) throw new Error('tesseract with Vietnamese is not installed')
  const picture = Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), pixels])
  const said = await run(['stdin', 'stdout', '-l', languages, '--dpi', String(Math.round(dotsPerInch)), '--psm', '3', 'tsv'], picture, longest, signal)
  return said.toString('utf8')
}

/** Last in line for the processor, one core at most, nothing of the hub's environment but where programs and letters' shapes are. */
function run(args: string[], input: Buffer | null, time: number, signal?: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { PATH = '', TESSDATA_PREFIX } = process.env
    const child = spawn('tesseract', args, { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH, OMP_THREAD_LIMIT: '1', ...(TESSDATA_PREFIX ? { TESSDATA_PREFIX } : {}) } })
    if (child.pid !== undefined) try { setPriority(child.pid, constants.priority.PRIORITY_LOW) } catch { /* It has ended already. */ }
    const kill = (): void => void child.kill('SIGKILL')
    const timer = setTimeout(kill, time)
    signal?.addEventListener('abort', kill, { once: true })
    const parts: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part)
      size += part.length
      if (size > mostAnswer) kill()
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    child.on('error', error => { clearTimeout(timer); reject(error) })
    child.on('close', (code, ended) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', kill)
      if (code === 0) resolve(Buffer.concat(parts))
      else reject(new Error(`tesseract ended with ${code ?? ended}`))
    })
    if (signal?.aborted) kill()
  })
}
