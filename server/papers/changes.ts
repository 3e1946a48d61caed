import type { Logger } from 'pino'
import { entry } from '../../shared/meeting/entities.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import { atVersion } from '../../shared/meeting/papers/versions.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { PageText } from '../../shared/papers/contents.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import type { Contents } from './contents/contents.ts'

/** Tells a meeting on which pages a new version of a paper differs, as soon as both have been read. */
export interface Changes {
  heed(meetingId: string, steps: readonly Step[]): void
  /** Resolves when nothing is being compared any more. */
  idle(): Promise<void>
}

export interface ChangesParts { hosts: Pick<MeetingHosts, 'find'>; contents: Pick<Contents, 'want' | 'idle' | 'words' | 'picture'>; log: Logger }

export function openChanges({ hosts, contents, log }: ChangesParts): Changes {
  let last: Promise<void> = Promise.resolve()

  async function compare(meetingId: string, paperId: string, version: number): Promise<void> {
    const host = await hosts.find(meetingId)
    const paper = host && entry(host.state.papers, paperId)
    const fresh = paper && atVersion(paper, version)
    const former = paper && formerVersion(paper, version)
    if (!fresh || !former) return
    for (const { sha256 } of [former, fresh]) contents.want(sha256)
    await contents.idle()
    const pages = await changedPages(contents, former, fresh)
    if (pages) await host.executeAsHub({ type: 'papers:tellChanges', data: { paperId, version, changedPages: pages } })
  }

  return {
    heed(meetingId, steps) {
      for (const { fact } of steps) {
        if (fact.type !== 'paper.replaced') continue
        const { paperId, version } = fact.data
        // Nobody waits for it: without it the new version is announced all the same.
        last = last.then(() => compare(meetingId, paperId, version)).catch((error: unknown) => log.warn({ err: error, meetingId }, 'versions could not be compared'))
      }
    },
    idle: () => last,
  }
}

/** The version that this one takes, or would take, the place of. */
function formerVersion(paper: Paper, version: number): Paper | undefined {
  if (paper.next?.version === version) return paper
  const before = paper.earlier.filter((one) => one.version < version).at(-1)
  return before && atVersion(paper, before.version)
}

/**
 * Pages of `fresh`, by number, that do not say the same as those of `former`, or have another size; pages without words are compared as
 * pictures. A page put in moves all behind it, which then differ. Null: one of them cannot be read.
 */
export async function changedPages(contents: Pick<Contents, 'words' | 'picture'>, former: Paper, fresh: Paper): Promise<number[] | null> {
  const changed: number[] = []
  for (let page = 1; page <= fresh.pages; page += 1) {
    if (page > former.pages) {
      changed.push(page)
      continue
    }
    const [before, after] = await Promise.all([contents.words(former, page), contents.words(fresh, page)])
    if (!before || !after) return null
    if (!samePage(before, after) || (after.source !== 'text' && !(await samePicture(contents, former, fresh, page)))) changed.push(page)
  }
  return changed
}

function samePage(one: PageText, other: PageText): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < 1
  // What was recognised from a picture differs by chance: there the picture decides.
  const bySight = one.source !== 'text' && other.source !== 'text'
  return near(one.width, other.width) && near(one.height, other.height) && (bySight || wordsOf(one) === wordsOf(other))
}

const wordsOf = ({ runs }: PageText): string => runs.map(({ text }) => text).join(' ').replace(/\s+/gu, ' ').trim()

async function samePicture(contents: Pick<Contents, 'picture'>, former: Paper, fresh: Paper, page: number): Promise<boolean> {
  const [before, after] = await Promise.all([contents.picture(former, page, 'small'), contents.picture(fresh, page, 'small')])
  return before !== null && after !== null && before.data.equals(after.data)
}
