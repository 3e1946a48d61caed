import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edgeCommands } from '../../../shared/contracts/commands.ts'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import type { CommandType } from '../../../shared/meeting/command.ts'
import { allowing } from '../../support/meeting/allowing.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { readMatrix } from '../../support/meeting/matrix.ts'

let hall: Hall
let meeting: HallMeeting
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
})
afterAll(() => hall.close())

const { rows } = readMatrix()
const commands = rows.filter(({ command }) => !command.includes(' ')).map(({ command, allowed }) => ({ type: command as CommandType, allowed }))

/** So many a screen may send at once; there are more commands than that, and the hub's pace is not what is asked about. */
const handful = 40

/** Well-formed data for every command; what it names is in another meeting, so that only permission is asked about here. */
const data = (type: CommandType) => allowing[type]().data

test.each([
  ['delegate', 'binh', false], ['guest', 'guest', false], ['observer', 'observer', false], ['presenter', 'dung', false], ['technician', 'technician', false],
  ['projector', 'chair', true],
])('over a socket a %s is denied what the table denies, and nothing changes', async (column, personId, projector) => {
  const denied = commands.filter(({ allowed }) => !allowed[column])
  const before = await meeting.head()
  expect(denied.length).toBeGreaterThan(20)
  let screen = await meeting.screen(personId, { projector: projector as boolean })
  for (const [index, { type }] of denied.entries()) {
    if (index > 0 && index % handful === 0) screen = await meeting.screen(personId, { projector: projector as boolean })
    const answer = await screen.ask<CommandAnswer>(type, { commandId: randomUUID(), data: data(type) })
    expect(answer, type).toMatchObject({ ok: false, code: 'permission.denied', sentence: 'Bạn không có quyền thực hiện việc này.' })
  }
  expect(await meeting.head()).toEqual(before)
})

test('over a socket the chair is never denied what the table allows, but what belongs to another edge', async () => {
  const own = await hall.draft()
  let screen = await own.screen('chair')
  for (const [index, { type, allowed }] of commands.entries()) {
    if (index > 0 && index % handful === 0) screen = await own.screen('chair')
    const answer = await screen.ask<CommandAnswer>(type, { commandId: randomUUID(), data: data(type) })
    const denied = !answer.ok && answer.code === 'permission.denied'
    expect(denied, type).toBe(!allowed.chair || edgeCommands.includes(type))
    // One after another a person's hand is slower than this; the hub's pace is not what is asked about.
    if (!answer.ok) expect(answer.code).not.toBe('request.tooMany')
  }
})

test('who is not invited has no socket to send from', async () => {
  await expect(meeting.screen('outsider')).rejects.toMatchObject({ reason: { code: 'notFound' } })
})
