import type { FastifyRequest } from 'fastify'
import { formatDateTime } from '../../shared/vietnamese/dates.ts'
import type { Directory } from '../directory/directory.ts'
import { signedInPerson } from './access.ts'

/** The line across a copy: who asked for it, of which unit, and when. */
export async function whoseCopy(request: FastifyRequest, directory: Directory, now: number): Promise<string> {
  const { name, unitId } = signedInPerson(request)
  const unit = unitId === null ? undefined : (await directory.units.all()).find(({ id }) => id === unitId)?.name
  return [name, unit, formatDateTime(now)].filter(Boolean).join(' · ')
}
