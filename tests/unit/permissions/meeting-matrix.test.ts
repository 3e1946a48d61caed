import { describe, expect, test } from 'vitest'
import { commandTypes } from '../../../shared/contracts/commands.ts'
import { isRefusal, type Command, type CommandType } from '../../../shared/meeting/command.ts'
import { meetingRoles } from '../../../shared/meeting/participants/state.ts'
import { may, organisationPermissions, organisationRoles } from '../../../shared/permissions/organisation.ts'
import { allowing } from '../../support/meeting/allowing.ts'
import { readMatrix } from '../../support/meeting/matrix.ts'

/** Who stands for each column in the meetings of allowing.ts. */
const actors: Record<string, string> = {
  chair: 'chair', secretary: 'secretary', delegate: 'an', guest: 'guest', observer: 'observer', presenter: 'dung', technician: 'technician',
  'item presenter': 'binh', stranger: 'outsider',
}
const another = ' (of another)'
const { columns, rows } = readMatrix()

test('the table has every command and every role', () => {
  expect(rows.map(({ command }) => command).filter((command) => !command.endsWith(another))).toEqual([...commandTypes].sort((a, b) => order(a) - order(b)))
  expect(columns).toEqual([...meetingRoles, 'item presenter', 'stranger', 'projector'])
})

function order(type: CommandType): number {
  return rows.findIndex(({ command }) => command === type)
}

describe.each(rows)('$command', ({ command, allowed }) => {
  const type = command.replace(another, '') as CommandType
  test.each(columns.filter((column) => column !== 'projector'))('of %s', (column) => {
    const actor = actors[column] as string
    const { meeting, data } = allowing[type](actor)
    const sent = { type, data: command.endsWith(another) ? { ...data, personId: 'chi' } : data } as Command
    const before = meeting.state
    const { decision } = meeting.send(actor, sent)
    if (allowed[column]) return expect(decision, 'allowed').toEqual(expect.arrayContaining([expect.objectContaining({ type: expect.any(String) })]))
    expect(isRefusal(decision) && decision.code).toBe(type === 'meeting:create' ? 'meeting.exists' : 'permission.denied')
    expect(meeting.state).toBe(before)
  })
})

test('a wall is never allowed anything', () => {
  expect(rows.filter(({ allowed }) => allowed.projector)).toEqual([])
})

test('outside meetings: administrators run the hub, offices make meetings, and neither does the other’s', () => {
  const granted = Object.fromEntries(Object.keys(organisationPermissions).map((permission) =>
    [permission, organisationRoles.filter((role) => may([role], permission as keyof typeof organisationPermissions))]))
  expect(granted).toEqual({
    'accounts.manage': ['administrator'],
    'organisation.manage': ['administrator'],
    'audit.read': ['administrator'],
    'meetings.create': ['office'],
  })
})
