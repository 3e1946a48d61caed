import { Ajv, type ValidateFunction } from 'ajv'
import { commandSchemas, commandTypes, edgeCommands } from '../../shared/contracts/commands.ts'
import { mediaRequests, type MediaRequestType } from '../../shared/contracts/media.ts'
import { CommandEnvelope, HandshakeAuth, HandshakeQuery, Join } from '../../shared/contracts/live.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import type { CommandType } from '../../shared/meeting/command.ts'
import { InkBatch, Laser } from '../../shared/meeting/presentation/pointing.ts'
import { Position } from '../../shared/meeting/presentation/position.ts'

/** As strict as over HTTP: nothing is coerced, defaulted or removed. */
const ajv = new Ajv({ strict: true, strictTuples: false, allErrors: false, coerceTypes: false, useDefaults: false, removeAdditional: false })

export const isHandshakeQuery = ajv.compile({ ...HandshakeQuery, additionalProperties: true })
export const isHandshakeAuth = ajv.compile<HandshakeAuth>(HandshakeAuth)
export const isJoin = ajv.compile<Join>(Join)
export const isPosition = ajv.compile<Position>(Position)
const isLaserPoint = ajv.compile<Laser>(Laser)
const isBatch = ajv.compile<InkBatch>(InkBatch)
const isEnvelope = ajv.compile<CommandEnvelope>(CommandEnvelope)

export function isLaser(content: unknown): content is Laser | null {
  return content === null || isLaserPoint(content)
}

export function isInkBatch(content: unknown): content is InkBatch {
  return isBatch(content) && content.points.length % 2 === 0
}

/** Commands a socket may send. */
const socketCommands: ReadonlySet<string> = new Set(commandTypes.filter((type) => !edgeCommands.includes(type)))

export function isSocketCommand(event: string): event is CommandType {
  return socketCommands.has(event)
}

/** Compiled when first needed: all at once would cost every start of the hub a fifth of a second. */
const dataChecks = new Map<CommandType, ValidateFunction>()

function dataCheck(type: CommandType): ValidateFunction {
  let check = dataChecks.get(type)
  if (!check) dataChecks.set(type, (check = ajv.compile(commandSchemas[type])))
  return check
}

interface CommandEnvelope {
  commandId: string
  data: unknown
}

/** The envelope of a command whose schema holds, or why it does not. */
export function checkCommand(type: CommandType, message: unknown): { message: CommandEnvelope } | { wrong: Refusal } {
  if (!isEnvelope(message)) return { wrong: malformed(isEnvelope) }
  const check = dataCheck(type)
  if (!check(message.data)) return { wrong: malformed(check) }
  return { message }
}

const mediaChecks = new Map<MediaRequestType, ValidateFunction>()

/** Why a request of the media room is not well formed; null when it is. What passes may reach a process written in C++. */
export function mediaRequestRefusal(type: MediaRequestType, message: unknown): Refusal | null {
  let check = mediaChecks.get(type)
  if (!check) mediaChecks.set(type, (check = ajv.compile(mediaRequests[type])))
  return check(message) ? null : malformed(check)
}

/** The first field that is wrong; names only, never a value. */
export function malformed(check: ValidateFunction): Refusal {
  const [error] = check.errors ?? []
  const named = error?.params.missingProperty ?? error?.params.additionalProperty
  const path = [...(error?.instancePath.split('/').filter(Boolean) ?? []), ...(typeof named === 'string' ? [named] : [])]
  return refusal('request.malformed', { field: path.join('.').slice(0, 100) || 'data' })
}
