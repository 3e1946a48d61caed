import { Side, type SideName, type Speaker } from './sides.ts'
import { countMarks, marksIn, type Strokes, type Typing } from './strokes.ts'

export interface Workload {
  readers: number
  writers: { make: (name: string, seed: number) => Strokes | Typing; count: number; perSecond: number }
  /** Writers also listen to everything, as authors of one text do. */
  writersListen: boolean
  /** Milliseconds of writing; then as long as it takes until all is delivered, at most `patience`. */
  time: number
  patience: number
}

export interface Measured {
  /** Microseconds of the host's CPU for one edit delivered to one listener. */
  cpuPerDelivery: number
  p50: number
  p95: number
  p99: number
  /** kB of resident memory for each listener. */
  memory: number
  /** Part of what was due that had come when patience ended. */
  delivered: number
}

/** First bytes of messages with content: of y-websocket and Hocuspocus, and the brace of JSON. */
const content = [0, 4, 0x7b]
const share = (sorted: readonly number[], part: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN
const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Listeners on whose screens times are taken; of the others it is only counted what comes. */
const watched = 10

/** One host under one workload, in a document of its own. */
export async function measure(side: Side, document: string, { readers, writers, writersListen, time, patience }: Workload): Promise<Measured> {
  const memoryBefore = side.memory()
  const listeners = await openAll(side, document, readers)
  const authors = await openAll(side, document, writers.count)
  await soon(300)
  const memory = (side.memory() - memoryBefore) / (readers + writers.count)

  const sentAt = new Map<string, number>()
  const latencies: number[] = []
  let counted = 0
  const all = writersListen ? [...listeners, ...authors] : listeners
  const step = Math.max(1, Math.floor(all.length / watched))
  all.forEach((speaker, index) => {
    const times = index % step === 0
    speaker.heard = (message) => {
      if (!content.includes(message[0] ?? -1)) return
      counted += countMarks(message)
      if (!times) return
      const now = performance.now()
      for (const [name, number] of marksIn(message)) {
        const at = sentAt.get(`${name}:${number}`)
        // What comes back to its own author says nothing about others.
        if (at !== undefined && authors[Number(name.slice(1))] !== speaker) latencies.push(now - at)
      }
    }
  })

  const makers = authors.map((speaker, index) => ({ speaker, maker: writers.make(`w${index}`, index + 1), sent: 0, phase: index / writers.count }))
  const cpuBefore = side.cpu()
  const began = performance.now()
  while (performance.now() - began < time) {
    for (const one of makers) {
      const due = Math.floor(((performance.now() - began) / 1000) * writers.perSecond + one.phase)
      for (; one.sent < due; one.sent += 1) {
        const update = one.maker.next()
        sentAt.set(`w${makers.indexOf(one)}:${one.sent}`, performance.now())
        one.speaker.change(update)
      }
    }
    await soon(4)
  }
  const edits = makers.reduce((sum, { sent }) => sum + sent, 0)
  // An author's own edits come back to him from some hosts and not from others: they are due to all others.
  const due = edits * (writersListen ? readers + writers.count - 1 : readers)
  while (counted < due && performance.now() - began < time + patience) await soon(20)
  const cpu = side.cpu() - cpuBefore
  for (const speaker of [...listeners, ...authors]) speaker.close()
  await soon(200)
  latencies.sort((a, b) => a - b)
  const delivered = Math.min(1, counted / due)
  return {
    cpuPerDelivery: (cpu * 1000) / (due * delivered), memory, delivered,
    p50: share(latencies, 0.5), p95: delivered < 1 ? Infinity : share(latencies, 0.95), p99: delivered < 1 ? Infinity : share(latencies, 0.99),
  }
}

async function openAll(side: Side, document: string, count: number): Promise<Speaker[]> {
  const speakers: Speaker[] = []
  // A hall does not come through the door at once; what is measured is what comes after.
  for (let opened = 0; opened < count; opened += 25) {
    const some = Array.from({ length: Math.min(25, count - opened) }, () => side.open(document))
    await Promise.all(some.map(({ ready }) => ready))
    speakers.push(...some)
  }
  return speakers
}

/** Sides that run at the same time and are measured in turn. */
export async function startSides(names: readonly SideName[], dataDir: string, peers: string): Promise<Side[]> {
  return Promise.all(names.map((name) => Side.start(name, `${dataDir}/${name.replaceAll(/\W+/g, '-')}`, peers)))
}
