import type { PageText, PaperContents } from '../../shared/papers/contents.ts'
import { passagesOf } from './reading-mode/blockText.ts'

/** The words of one page by the paper's text, where the hub cannot be asked for the place of each: what is found is marked with its paragraph. */
export function blockWords({ blocks }: PaperContents, page: number): PageText | null {
  const runs = passagesOf(blocks.filter((block) => block.page === page)).map(({ text, block: { box } }) => ({ text, ...box, size: 12, bold: false, italic: false }))
  return runs.length > 0 ? { width: 595, height: 842, source: 'text', runs } : null
}
