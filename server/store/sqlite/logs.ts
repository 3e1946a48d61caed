import { LogConflict, type Append, type Logs } from '../port.ts'
import { appendText, tracesOf, type WrittenTraces } from '../text.ts'
import type { Page } from './thread/logs.ts'
import { Pages, type FetchedPage } from './pages.ts'
import type { Thread } from './thread.ts'

export function sqliteLogs(thread: Thread): Logs {
  return {
    async append(logId, afterSeq, facts, hash) {
      const text = appendText(afterSeq, facts)
      const written = await thread.call('append', logId, afterSeq, text.lastSeq, hash, text.commands, text.facts)
      if (!written) throw new LogConflict(logId, afterSeq)
    },

    read: (logId, sinceSeq) => new Pages<Append>(async last => {
      const from = last === null ? await thread.call('beginOf', logId, sinceSeq + 1) : last + 1
      return parsed(await thread.call('factsPage', logId, from), written => written as Append[])
    }),

    head: logId => thread.call('head', logId),

    commands: logId => new Pages(async last => {
      return parsed(await thread.call('commandsPage', logId, (last ?? 0) + 1), written => tracesOf(written as WrittenTraces))
    }),

    list: prefix => new Pages<string, string>(async last => {
      const names = await thread.call('logPage', prefix, last)
      return names.length > 0 ? { items: names, last: names.at(-1)! } : null
    }),
  }
}

function parsed<Item>(page: Page | null, itemsOf: (written: unknown) => Item[]): FetchedPage<Item, number> {
  if (!page) return null
  const { buffer, byteOffset, byteLength } = page.json
  return { items: itemsOf(JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString())), last: page.last }
}
