/** Writes docs/protocol.md from the contracts. `npm run protocol`; a test fails when the page is out of date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { commandSchemas, commandTypes, edgeCommands } from '../shared/contracts/commands.ts'
import { HandshakeAuth } from '../shared/contracts/live.ts'
import { mediaRequests } from '../shared/contracts/media.ts'
import { livePath, protocolVersion } from '../shared/contracts/protocol.ts'
import { refusalCodes, refusalSentence } from '../shared/contracts/sentences.ts'
import { InkBatch, Laser } from '../shared/meeting/presentation/pointing.ts'
import { Position } from '../shared/meeting/presentation/position.ts'
import { meetingRoles } from '../shared/meeting/participants/state.ts'
import { commandPermissions, meetingPermissions, roleMay, type MeetingPermission } from '../shared/permissions/meeting.ts'

const here = (path: string) => new URL(path, import.meta.url)

/** A JSON schema as one reads it: `{title: string ≤ 500, parentId: string | null}`. */
export function readable(schema: Record<string, unknown>): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as Record<string, unknown>[]).map(readable).join(' | ')
  if (schema.type === 'object') {
    const required = new Set(schema.required as string[] | undefined)
    const fields = Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>)
    return `{${fields.map(([name, field]) => `${name}${required.has(name) ? '' : '?'}: ${readable(field)}`).join(', ')}}`
  }
  if (schema.type === 'array') return `(${readable(schema.items as Record<string, unknown>)})[]`
  if (schema.type === 'string' && schema.maxLength) return `string ≤ ${String(schema.maxLength)}`
  if (schema.type === 'string' && typeof schema.pattern === 'string' && schema.pattern.startsWith('^[A-Za-z0-9]')) return 'id'
  return String(schema.type)
}

/** The declarations of a contracts file, without its imports: doc comments and types are the reference. */
function declarations(path: string, pick: RegExp): string {
  const source = readFileSync(here(path), 'utf8')
  const blocks = source.split(/\n\n/).filter((block) => pick.test(block))
  return ['```ts', ...blocks.map((block) => block.trim()), '```'].join('\n')
}

function permissionRows(): string[] {
  const mark = (permission: MeetingPermission) => meetingRoles.map((role) => (roleMay(role, permission) ? '●' : '·')).join(' | ')
  return [
    `| permission | ${meetingRoles.join(' | ')} |`,
    `|---|${meetingRoles.map(() => ':-:').join('|')}|`,
    ...meetingPermissions.map((permission) => `| ${permission} | ${mark(permission)} |`),
  ]
}

export function protocolPage(): string {
  const commands = commandTypes.map((type) => {
    const permission = commandPermissions[type]
    const by = permission === 'hub' ? 'the hub itself' : edgeCommands.includes(type) ? 'HTTP edge only' : permission
    return `| \`${type}\` | ${by} | \`${readable(commandSchemas[type] as unknown as Record<string, unknown>).replaceAll('|', '\\|')}\` |`
  })
  const facts = ['lifecycle', 'participants', 'agenda', 'papers', 'attendance', 'invitations', 'rollCall', 'presentation', 'votes', 'sites', 'stage', 'recording']
    .map((feature) => declarations(`../shared/meeting/${feature}/facts.ts`, /^export interface|\nexport interface/))
  return [
    '# Protocol',
    '',
    '*Generated from `shared/contracts` and `shared/meeting` by `npm run protocol`; do not edit. HTTP routes: `/api/openapi.json` of a running hub.*',
    '',
    `Protocol version **${protocolVersion}**. A page that says less in its handshake is answered \`client.tooOld\` and asks to be reloaded.`,
    '',
    '## Socket.IO',
    '',
    `Path \`${livePath}\`, WebSocket only, one socket a meeting: \`?meetingId=…\` in the query, session in the cookie, \`Origin\` checked before the upgrade.`,
    `Handshake \`auth\`: \`${readable(HandshakeAuth as unknown as Record<string, unknown>)}\`.`,
    '',
    declarations('../shared/contracts/live.ts', /export (interface|type) (?!HandshakeAuth|Join\b)/),
    '',
    'A frame, and how it joins on:',
    '',
    declarations('../shared/meeting/frame.ts', /export (interface|type)/),
    '',
    '## Commands',
    '',
    'The event is the command’s name; the payload is `{commandId, data}`; the answer is a `CommandAnswer`. Checked in this order: pace, schema, permission, state of the meeting, rule. A refusal changes nothing.',
    '',
    '| command | permission | data |',
    '|---|---|---|',
    ...commands,
    '',
    ...permissionRows(),
    '',
    '`presentation.lead` also belongs to the presenter named on the item that is on.',
    '',
    '## Signals',
    '',
    `- \`presentation:position\` (presenter → hub → those who see the paper; last value retained): \`${readable(Position as unknown as Record<string, unknown>)}\``,
    `- \`presentation:laser\` (presenter → hub → those who see the paper; volatile, at most fifteen a second, gone two seconds after the last; null: at once): \`${readable(Laser as unknown as Record<string, unknown>)}\``,
    `- \`presentation:ink\` (presenter → hub → those who see the paper; volatile, at most fifteen a second, nothing kept): \`${readable(InkBatch as unknown as Record<string, unknown>)}\``,
    '- `votes:turnout` (hub → those who see the item; at most four a second; last value retained)',
    '- `attendance:connections` (hub → chair and secretary; at most one a second; last value retained): measured presence, never merged with what was declared',
    '',
    declarations('../shared/meeting/attendance/connections.ts', /export interface Connections/),
    '',
    '## The media room',
    '',
    'Requests over the same socket, each answered with `{ok: true, …}` or a refusal; what a peer may send follows from the meeting and is told to it.',
    '',
    '| request | data |',
    '|---|---|',
    ...Object.entries(mediaRequests).map(([type, schema]) => `| \`${type}\` | \`${readable(schema as unknown as Record<string, unknown>).replaceAll('|', '\\|')}\` |`),
    '',
    declarations('../shared/contracts/media.ts', /export (interface|type) (?!MediaRequest)/),
    '',
    '## Facts',
    '',
    'The data of every fact, by type. What a viewer may not know is left out of his frames; what a change of rights shows or takes comes as `view.revealed` and `view.withdrawn`.',
    '',
    ...facts.flatMap((block) => [block, '']),
    '## Refusals',
    '',
    '| code | Vietnamese | English |',
    '|---|---|---|',
    ...[...refusalCodes].sort().map((code) => `| \`${code}\` | ${refusalSentence({ code }, 'vi')} | ${refusalSentence({ code }, 'en')} |`),
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(here('./protocol.md'), protocolPage())
