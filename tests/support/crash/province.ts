import { startHub, type TestHub } from '../hub.ts'
import { sessionFor } from '../live/session.ts'

export interface Province {
  dataDir: string
  meetingId: string
  /** Item that votes are about; it is never started, so that the agenda can move freely. */
  voteItem: string
  otherItems: string[]
  /** Cookie by person. Sessions outlive the hub, so nobody signs in again. */
  cookies: Map<string, string>
  voters: string[]
}

/** Chair, secretary and `voterCount` delegates, all present, in a meeting in session; the hub closed again. */
export async function prepareProvince(dataDir: string, voterCount: number): Promise<Province> {
  const test = await startHub({ dataDir })
  try {
    const voters = Array.from({ length: voterCount }, (_, index) => `voter-${String(index + 1).padStart(3, '0')}`)
    const people = ['chair', 'secretary', ...voters]
    await Promise.all(people.map((id) => test.addAccount({ id })))
    const { meetingId, items: [voteItem = '', ...otherItems] } = await prepareMeeting(test, voters)
    return { dataDir, meetingId, voteItem, otherItems, voters, cookies: new Map(await Promise.all(people.map(async (id) => [id, (await sessionFor(test, id)).cookie] as const))) }
  } finally {
    await test.stop()
  }
}

async function prepareMeeting({ hub: { hosts } }: TestHub, voters: string[]): Promise<{ meetingId: string; items: string[] }> {
  const seat = (personId: string, role: 'chair' | 'secretary' | 'delegate', votes: boolean) => ({ personId, role, votes, siteId: null })
  const made = await hosts.create('secretary', 'prepare-the-meeting', {
    title: 'Kỳ họp thường lệ', kind: 'councilSession', type: 'regular', body: 'plain', startsAt: Date.now(), endsAt: Date.now() + 7_200_000, place: 'Hội trường', siteIds: [],
    participants: [seat('chair', 'chair', false), seat('secretary', 'secretary', false), ...voters.map((id) => seat(id, 'delegate', true))],
  })
  let count = 0
  const execute = async (personId: string, command: Omit<Parameters<typeof hosts.execute>[2], 'commandId'>) => {
    const outcome = await hosts.execute(made.meetingId, personId, { ...command, commandId: `prepare-${(count += 1)}-step` } as Parameters<typeof hosts.execute>[2])
    if (!outcome.ok) throw new Error(`${command.type}: ${outcome.refusal.code}`)
  }
  for (const title of ['Biểu quyết', 'Khai mạc', 'Báo cáo', 'Thảo luận', 'Chất vấn', 'Bế mạc']) {
    await execute('secretary', { type: 'agenda:addItem', data: { title, durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null } })
  }
  await execute('secretary', { type: 'meeting:publish', data: {} })
  await execute('chair', { type: 'meeting:open', data: {} })
  await Promise.all(voters.map((id) => execute(id, { type: 'attendance:declare', data: { presence: 'inRoom' } })))
  const { items } = (await hosts.view(made.meetingId, 'chair'))!
  return { meetingId: made.meetingId, items: Object.keys(items) }
}
