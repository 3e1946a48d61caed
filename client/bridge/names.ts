import { placeName } from '../meeting/attendance/words.ts'
import { useMeetingStore } from '../meeting/store.ts'

/** Under a picture: the person and where he is, or the room alone. */
export function useTileNames() {
  const meeting = useMeetingStore()
  return ({ personId, siteId }: { personId: string | null; siteId: string | null }): { name: string; detail: string | null } => {
    const place = placeName(meeting, siteId)
    return personId === null ? { name: place, detail: null } : { name: meeting.nameOf(personId), detail: place }
  }
}
