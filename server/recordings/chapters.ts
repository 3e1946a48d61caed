import { lineage } from '../../shared/meeting/agenda/tree.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'

/** Where each item began, as often as it did. Confidential ones are never recorded, and not named either. */
export async function chaptersOf(state: Pick<MeetingState, 'items'>, facts: AsyncIterable<Fact>): Promise<{ at: number; title: string }[]> {
  const chapters: { at: number; title: string }[] = []
  for await (const fact of facts) {
    if (fact.type !== 'agenda.itemStarted') continue
    const item = entry(state.items, fact.data.itemId)
    if (item && lineage(state.items, item.itemId).every(({ confidential }) => !confidential)) chapters.push({ at: fact.at, title: item.title })
  }
  return chapters
}
