import { createHash } from 'node:crypto'
import type { MeetingPeople } from '../../shared/contracts/http/meetings.ts'
import type { MeetingPackage, PackageFile, PackagePaper } from '../../shared/contracts/http/package.ts'
import type { Paper, PaperVersion } from '../../shared/meeting/papers/state.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import { packageExpiry, packingOrder, type PackageLimits } from '../../shared/papers/package.ts'

/** Made of the person's view alone, so that nothing he may not see can get into it. */
export function packageOf(view: MeetingView, people: MeetingPeople, now: number, limits: PackageLimits): MeetingPackage {
  const papers = packingOrder(view).map((paper) => packagePaper(view.meetingId, paper))
  return {
    meetingId: view.meetingId,
    personId: view.me.personId,
    asOf: now,
    expiresAt: packageExpiry(view.lifecycle, view.details, now, limits),
    access: accessHash(papers),
    papers,
    ...people,
  }
}

/** Equal answers have equal tags, whenever they were asked for. */
export function packageTag({ asOf: _asOf, ...lasting }: MeetingPackage): string {
  return `"${createHash('sha256').update(JSON.stringify(lasting)).digest('base64url')}"`
}

function packagePaper(meetingId: string, { paperId, itemId, title, earlier, ...present }: Paper): PackagePaper {
  const file = ({ version, sha256, size, pages }: PaperVersion): PackageFile =>
    ({ version, sha256, size, pages, address: `/api/meetings/${meetingId}/papers/${paperId}/file?version=${version}` })
  return { paperId, itemId, title, ...file(present), earlier: earlier.map(file) }
}

function accessHash(papers: readonly PackagePaper[]): string {
  const files = papers.flatMap(({ paperId, sha256, earlier }) => [sha256, ...earlier.map((file) => file.sha256)].map((hash) => `${paperId} ${hash}`))
  return createHash('sha256').update(files.sort().join('\n')).digest('hex')
}
