import type { SignedInPerson } from '../../shared/contracts/http/session.ts'
import { openDatabase } from './database.ts'
import type { KeptManifest, KeptView } from './kept.ts'
import { purgeAllBut, purgeExpired, purgeOf } from './purging.ts'
import { canKeep } from './sealing.ts'
import { openShelf } from './shelf.ts'

/** The hub has said who is signed in on this device: only his packages may be opened here from now on. */
export async function signedInHere(person: SignedInPerson): Promise<void> {
  if (!canKeep()) return
  await purgeExpired()
  await purgeAllBut(person.id)
  await (await openDatabase()).put('device', person.id, 'person')
}

/** Signed out here: everything of this person is deleted, notes too, which the hub has by then. */
export async function signedOutHere(personId: string): Promise<void> {
  if (!canKeep()) return
  await (await openDatabase()).delete('device', 'person')
  await purgeOf(personId, 'everything')
}

/** The hub says that nobody is signed in here any more: the papers go, notes that it may not have yet wait for their writer. */
export async function sessionEndedHere(): Promise<void> {
  if (!canKeep()) return
  const database = await openDatabase()
  const personId = await database.get('device', 'person')
  await database.delete('device', 'person')
  if (typeof personId === 'string') await purgeOf(personId, 'papers')
}

export interface KeptMeeting { manifest: KeptManifest; kept: KeptView }

/** What the person of this device can open without the hub; empty when there is nothing, or nobody. Never throws. */
export async function keptMeetings(): Promise<KeptMeeting[]> {
  try {
    if (!canKeep()) return []
    await purgeExpired()
    const database = await openDatabase()
    const personId = await database.get('device', 'person')
    if (typeof personId !== 'string') return []
    const own = (await database.getAll('keys')).filter((keys) => keys.personId === personId)
    const meetings = await Promise.all(own.map(({ meetingId }) => keptMeeting(personId, meetingId)))
    return meetings.filter((meeting) => meeting !== null)
  } catch {
    return []
  }
}

/** One of them; null when it is not kept, or has expired. */
export async function keptMeeting(personId: string, meetingId: string): Promise<KeptMeeting | null> {
  if (!canKeep()) return null
  const shelf = await openShelf(personId, meetingId)
  const [manifest, kept] = [await shelf?.readPart<KeptManifest>('manifest'), await shelf?.readPart<KeptView>('view')]
  return manifest && kept ? { manifest, kept } : null
}

/** Who may go on without the hub on this device: whoever was signed in last and has something here. */
export async function personHere(): Promise<SignedInPerson | null> {
  return (await keptMeetings())[0]?.manifest.person ?? null
}
