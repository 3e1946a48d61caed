import type { MeetingPackage } from '../../shared/contracts/http/package.ts'
import { currentLanguage } from '../i18n/index.ts'

/** gone: nothing of this meeting may be kept any more. unknown: the hub could not be asked, or says nothing about it. */
export type ManifestAnswer = { kind: 'new'; package: MeetingPackage; etag: string } | { kind: 'same' } | { kind: 'gone' } | { kind: 'unknown' }

/** Asks the hub what may be kept of a meeting. Never throws. */
export async function askForPackage(meetingId: string, etag: string | null): Promise<ManifestAnswer> {
  try {
    const response = await fetch(`/api/meetings/${meetingId}/package`, {
      headers: { 'Accept-Language': currentLanguage(), ...(etag ? { 'If-None-Match': etag } : {}) },
      cache: 'no-store',
    })
    if (response.status === 304) return { kind: 'same' }
    if (response.status === 404 || response.status === 403) return await isFromHub(response) ? { kind: 'gone' } : { kind: 'unknown' }
    if (!response.ok) return { kind: 'unknown' }
    return { kind: 'new', package: await response.json() as MeetingPackage, etag: response.headers.get('etag') ?? '' }
  } catch {
    return { kind: 'unknown' }
  }
}

/** A network that asks for a sign-in of its own answers too; it does not decide what is deleted. */
async function isFromHub(response: Response): Promise<boolean> {
  const code = ((await response.json().catch(() => null)) as { code?: unknown } | null)?.code
  return code === 'notFound' || code === 'permission.denied'
}
