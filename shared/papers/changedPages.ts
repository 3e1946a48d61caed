/** Of pages that all look alike (blank ones), so many are tried as partners; beyond, finding the best pairing could take as long as one likes. */
const mostAlike = 32

/**
 * Pages of the newer version (from 1) that are not, in order, pages of the one before: `former` and `fresh` say what stands on each page. A page
 * that was put in does not make the later ones new. Where pages were taken out, the page that now stands there is named, too, so that something
 * is. When both have as many pages, a page counts as kept only under its own number: whoever is told no more than these numbers can then tell
 * where each of the others was.
 */
export function changedPages(former: readonly string[], fresh: readonly string[]): number[] {
  const partners = paired(former, fresh)
  const still = former.length === fresh.length
  const changed = new Set<number>()
  let before = -1
  for (const [page, partner] of partners.entries()) {
    if (partner === null || (still && partner !== page)) {
      changed.add(page + 1)
      continue
    }
    // Between this page and the last that was kept, some are gone and none has come.
    if (partner > before + 1 && (page === 0 || !changed.has(page))) changed.add(page + 1)
    before = partner
  }
  const goneAtEnd = before < former.length - 1
  if (goneAtEnd && fresh.length > 0 && !changed.has(fresh.length)) changed.add(fresh.length)
  return [...changed].sort((a, b) => a - b)
}

/** For each fresh page the former one that it is, or null: as many as can be kept in order (Hunt and Szymanski). */
function paired(former: readonly string[], fresh: readonly string[]): (number | null)[] {
  const partners: (number | null)[] = fresh.map(() => null)
  let start = 0
  while (start < former.length && start < fresh.length && former[start] === fresh[start]) partners[start] = start++
  let end = 0
  while (end < former.length - start && end < fresh.length - start && former[former.length - 1 - end] === fresh[fresh.length - 1 - end]) {
    end += 1
    partners[fresh.length - end] = former.length - end
  }

  const places = new Map<string, number[]>()
  for (let at = start; at < former.length - end; at += 1) {
    const known = places.get(former[at] as string)
    if (!known) places.set(former[at] as string, [at])
    else if (known.length < mostAlike) known.push(at)
  }
  interface Link { partner: number; page: number; before: Link | undefined }
  /** The chain of each length that ends earliest. */
  const ends: Link[] = []
  for (let page = start; page < fresh.length - end; page += 1) {
    // From behind, so that one page finds one partner.
    for (const partner of places.get(fresh[page] as string)?.toReversed() ?? []) {
      let low = 0
      let high = ends.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((ends[middle] as Link).partner < partner) low = middle + 1
        else high = middle
      }
      ends[low] = { partner, page, before: ends[low - 1] }
    }
  }
  for (let link = ends.at(-1); link; link = link.before) partners[link.page] = link.partner
  return partners
}
