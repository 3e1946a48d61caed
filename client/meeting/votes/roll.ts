import type { RollEntry } from '../../../shared/meeting/votes/result.ts'
import { compareByGivenName } from '../../../shared/vietnamese/names.ts'

/** The roll by given name, with names. */
export function namedRoll(roll: readonly RollEntry[], nameOf: (personId: string) => string): (RollEntry & { name: string })[] {
  return roll.map((one) => ({ ...one, name: nameOf(one.personId) })).sort((a, b) => compareByGivenName(a.name, b.name))
}
