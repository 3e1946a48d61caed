import type { Fact, FactType } from './fact.ts'
import { agendaFactVersions, agendaUpcasters } from './agenda/fact-versions.ts'
import { paperFactVersions, paperUpcasters } from './papers/fact-versions.ts'
import { presentationFactVersions, presentationUpcasters } from './presentation/fact-versions.ts'
import { voteUpcasters, voteVersions } from './votes/versions.ts'

/** The present version of each fact type's data; a type that is not listed is at 1. */
const versions: Partial<Record<FactType, number>> = { ...agendaFactVersions, ...paperFactVersions, ...presentationFactVersions, ...voteVersions }

/** Brings data of version `from` one version further. Add one with each change of a fact's shape; never change an old one. */
type Upcaster = (data: unknown) => unknown
const upcasters: Record<string, Upcaster> = { ...agendaUpcasters, ...paperUpcasters, ...presentationUpcasters, ...voteUpcasters }

export function versionOf(type: FactType): number {
  return versions[type] ?? 1
}

/** A fact as it lies in the store: the same envelope, data of whatever version was current then. */
export interface OldFact {
  seq: number
  type: string
  v: number
  at: number
  by: string | null
  commandId: string | null
  data: unknown
}

/**
 * A stored fact in today's shape.
 * @throws Error when it was written by a newer hub than this
 */
export function bringUpToDate(
  stored: OldFact,
  present: (type: FactType) => number = versionOf,
  steps: Record<string, Upcaster> = upcasters,
): Fact {
  let { v, data } = stored
  const current = present(stored.type as FactType)
  if (v > current) throw new Error(`fact ${stored.seq} (${stored.type} v${v}) was written by a newer hub`)
  for (; v < current; v += 1) {
    const step = steps[`${stored.type}@${v}`]
    if (!step) throw new Error(`no way from ${stored.type} v${v} to v${v + 1}`)
    data = step(data)
  }
  return { ...stored, v, data } as Fact
}
