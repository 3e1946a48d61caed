import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { entry } from '../../shared/meeting/entities.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import { atVersion } from '../../shared/meeting/papers/versions.ts'
import type { Step } from '../../shared/meeting/project.ts'
import { changedPages as differing } from '../../shared/papers/changedPages.ts'
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
 * Pages of `fresh` that do not say the same as any page of `former` in its place among the others, or have another size; pages without words are
 * told by their pictures. Null: one of them cannot be read.
 */
export async function changedPages(contents: Pick<Contents, 'words' | 'picture'>, former: Paper, fresh: Paper): Promise<number[] | null> {
  const [before, after] = [await fingerprints(contents, former), await fingerprints(contents, fresh)]
  return before && after && differing(before, after)
}

async function fingerprints(contents: Pick<Contents, 'words' | 'picture'>, paper: Paper): Promise<string[] | null> {
  const pages: string[] = []
  for (let page = 1; page <= paper.pages; page += 1) {
    const text = await contents.words(paper, page)
    if (!text) return null
    // What was recognised from a picture differs by chance: there the picture decides.
    const said = text.source === 'text' ? `text ${wordsOf(text)}` : `picture ${await sightOf(contents, paper, page)}`
    pages.push(`${Math.round(text.width)}x${Math.round(text.height)} ${createHash('sha256').update(said).digest('base64url')}`)
  }
  return pages
}

const wordsOf = ({ runs }: PageText): string => runs.map(({ text }) => text).join(' ').replace(/\s+/gu, ' ').trim()

/** Of what cannot be drawn nobody knows that it is the same. */
async function sightOf(contents: Pick<Contents, 'picture'>, paper: Paper, page: number): Promise<string> {
  const drawn = await contents.picture(paper, page, 'small')
  return drawn ? createHash('sha256').update(drawn.data).digest('base64url') : `${paper.sha256} ${page}`
}
