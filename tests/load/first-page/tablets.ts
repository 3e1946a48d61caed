import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../../integration/papers/scene.ts'
import { percentile, withinLimit, type Figure } from '../figure.ts'

const tablets = 100
const repeats = 3
/** As client/pdf/delivery.ts asks for them: where every reading begins. */
const tailBytes = 160 * 1024
const headBytes = 256 * 1024

/**
 * A hundred tablets open one paper in the same moment: what the reader fetches first (picture of the page, end and beginning of the file), each over
 * HTTP with its session, from a real hub. Hub and tablets share the cores. A figure for each paper: the 95th percentile of milliseconds until a tablet has all of it.
 */
export async function manyTablets(papers: Record<string, Buffer>): Promise<Figure[]> {
  const scene = await paperScene()
  try {
    const figures: Figure[] = []
    for (const [name, bytes] of Object.entries(papers)) {
      const { paper } = await (await scene.post(bytes, { name: `${name}.pdf`, itemId: scene.openItem })).json() as UploadAnswer
      await scene.hub.hub.contents.idle()
      const pictures: number[] = []
      const all: number[] = []
      for (let turn = 0; turn <= repeats; turn++) {
        const opened = await Promise.all(Array.from({ length: tablets }, () => open(scene, paper)))
        // The first one warms up.
        if (turn === 0) continue
        pictures.push(percentile(opened.map(({ picture }) => picture), 0.95))
        all.push(percentile(opened.map(({ all }) => all), 0.95))
      }
      figures.push(withinLimit(
        `${tablets} tablets open one paper at once (${name}): p95 until picture, end and beginning of the file are there`, 'ms', all, 2000,
        `over loopback, hub and tablets on the same cores, ${repeats} repeats after one to warm up; the picture alone: p95 ${Math.round(Math.max(...pictures))} ms`,
      ))
    }
    return figures
  } finally {
    await scene.hub.stop()
  }
}

async function open({ hub, meetingId, cookies }: PaperScene, { paperId, size }: { paperId: string; size: number }): Promise<{ picture: number; all: number }> {
  const began = performance.now()
  const get = async (path: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await hub.request(`/api/meetings/${meetingId}/papers/${paperId}/${path}`, { cookie: cookies.chi, headers })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    await answer.arrayBuffer()
    return performance.now() - began
  }
  const times = await Promise.all([
    get('pages/1/picture?width=screen'),
    get('file', { range: `bytes=${Math.max(0, size - tailBytes)}-${size - 1}` }),
    get('file', { range: `bytes=0-${Math.min(headBytes, size) - 1}` }),
  ])
  return { picture: times[0], all: Math.max(...times) }
}
