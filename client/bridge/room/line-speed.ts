import { testKilobytes } from '../../../shared/media/limits.ts'

/** So long each direction is measured; a slow line is measured by what has come by then. */
export const measuringMs = 3_000
/** The beginning of a transfer is its slow start and tells nothing of the line. */
const settlingMs = 400

/** Kilobits a second of what came between the settling and the end; of all of it where nothing came later. */
export function speedOf(marks: readonly { at: number; octets: number }[]): number {
  const first = marks[0]
  const last = marks.at(-1)
  if (!first || !last || last.at <= first.at) return 0
  const settled = marks.find(({ at }) => at - first.at >= settlingMs) ?? first
  const from = last.at - settled.at >= settlingMs ? settled : first
  return Math.round(((last.octets - from.octets) * 8) / (last.at - from.at))
}

/** From the hub to here, kilobits a second; 0 when it cannot be reached. */
export async function measureDown(): Promise<number> {
  const marks = [{ at: performance.now(), octets: 0 }]
  const end = AbortSignal.timeout(measuringMs)
  let octets = 0
  try {
    while (!end.aborted) {
      const answer = await fetch('/api/line-test', { cache: 'no-store', signal: end })
      if (!answer.ok || !answer.body) break
      const reader = answer.body.getReader()
      for (let part = await reader.read(); !part.done; part = await reader.read()) marks.push({ at: performance.now(), octets: (octets += part.value.length) })
    }
  } catch { /* The time is over, or the line is gone: what came counts. */ }
  return speedOf(marks)
}

/** From here to the hub, kilobits a second; 0 when it cannot be reached. */
export async function measureUp(): Promise<number> {
  const marks = [{ at: performance.now(), octets: 0 }]
  const until = performance.now() + measuringMs
  const body = new Uint8Array(testKilobytes * 1024)
  for (let at = 0; at < body.length; at += 65_536) crypto.getRandomValues(body.subarray(at, at + 65_536))
  let before = 0
  while (performance.now() < until) {
    const sent = await send(body, until - performance.now(), (octets) => marks.push({ at: performance.now(), octets: before + octets }))
    if (sent === 0) break
    before += sent
  }
  return speedOf(marks)
}

/** Resolves with the octets of a whole transfer; 0 when its time was over or it failed. `fetch` does not tell how far an upload has come. */
function send(body: Uint8Array<ArrayBuffer>, within: number, progress: (octets: number) => void): Promise<number> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/line-test')
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.timeout = Math.max(1, within)
    request.upload.addEventListener('progress', ({ loaded }) => progress(loaded))
    request.addEventListener('load', () => resolve(request.status === 200 ? body.length : 0))
    for (const end of ['error', 'timeout', 'abort'] as const) request.addEventListener(end, () => resolve(0))
    request.send(body)
  })
}
