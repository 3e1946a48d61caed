import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import type { Participant } from '../../../shared/meeting/participants/state.ts'
import { Screen } from '../../load/screen.ts'
import { Hall, type HallMeeting } from './hall.ts'
import { sessionFor } from './session.ts'

/** A hall with one meeting in session and many voters, all present. */
export class Council {
  readonly hall: Hall
  readonly meeting: HallMeeting
  readonly voters: string[]

  private constructor(hall: Hall, meeting: HallMeeting, voters: string[]) {
    this.hall = hall
    this.meeting = meeting
    this.voters = voters
  }

  static async open(size: number): Promise<Council> {
    const hall = await Hall.open()
    const voters = Array.from({ length: size }, (_, index) => `voter-${index + 1}`)
    await Promise.all(voters.map((id) => hall.test.addAccount({ id })))
    const meeting = await hall.inSession()
    const participants = voters.map((personId): Participant => ({ personId, role: 'delegate', votes: true, siteId: null }))
    await meeting.do('secretary', 'participants:invite', { participants })
    await Promise.all(voters.map((personId) => meeting.execute(personId, 'attendance:declare', { presence: 'inRoom' })))
    return new Council(hall, meeting, voters)
  }

  /** A session of its own, as on another tablet. */
  async signIn(personId: string): Promise<string> {
    return (await sessionFor(this.hall.test, personId)).cookie
  }

  /** A screen that has joined; thousands of them fit into one process. */
  async screen(cookie: string): Promise<Screen> {
    const screen = new Screen(this.hall.url, { path: '/live', query: `meetingId=${this.meeting.meetingId}`, cookie })
    await screen.ready
    await screen.ask('meeting:join', {})
    return screen
  }
}

/** An answer without the sender's own frame, which only the first answer may carry. */
export function receiptOf(answer: CommandAnswer): { ok: true; from: number; to: number } | string {
  return answer.ok ? { ok: true, from: answer.from, to: answer.to } : answer.code
}
