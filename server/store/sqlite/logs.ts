import { LogConflict, type Append, type Logs, type StoredFact } from '../port.ts'
import { appendText, traceOf, type WrittenTrace } from '../text.ts'
import type { Thread } from './thread.ts'

export function sqliteLogs(thread: Thread): Logs {
  return {
    async append(logId, afterSeq, facts, hash) {
      const text = appendText(afterSeq, facts)
      const written = await thread.call('append', logId, afterSeq, text.lastSeq, hash, text.commands, text.facts)
      if (!written) throw new LogConflict(logId, afterSeq)
    },

    async *read(logId, sinceSeq) {
      const begin = await thread.call('beginOf', logId, sinceSeq + 1)
      for await (const page of pages(begin, from => thread.call('appendPage', logId, from))) {
        const factsOf = JSON.parse(page.facts) as StoredFact[][]
        for (const [index, [firstSeq, lastSeq, hash]] of page.bounds.entries()) {
          yield { firstSeq, lastSeq, facts: factsOf[index]!, hash } satisfies Append
        }
      }
    },

    head: logId => thread.call('head', logId),

    async *commands(logId) {
      for await (const page of pages(1, from => thread.call('commandPage', logId, from))) {
        for (const traces of JSON.parse(page.commands) as WrittenTrace[][]) {
          for (const trace of traces) yield traceOf(trace)
        }
      }
    },

    async *list(prefix) {
      let after: string | null = null
      for (;;) {
        const { names, more }: { names: string[]; more: boolean } = await thread.call('logPage', prefix, after)
        yield* names
        if (!more) return
        after = names.at(-1)!
      }
    },
  }
}

/** Pages from `begin` on; the next one is fetched while the caller works on this one. */
async function* pages<Page extends { next: number | null }>(begin: number, fetch: (from: number) => Promise<Page>): AsyncGenerator<Page> {
  let coming: Promise<Page> | null = fetch(begin)
  while (coming) {
    const page: Page = await coming
    coming = page.next === null ? null : fetch(page.next)
    // Whoever stops reading early must not leave an unhandled failure behind.
    coming?.catch(() => {})
    yield page
  }
}
