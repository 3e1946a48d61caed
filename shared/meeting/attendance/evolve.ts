import { entry, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { Attendance, AttendanceRules, QuorumRecord } from './state.ts'

export function evolveAttendance(attendance: Record<string, Attendance>, fact: VisibleFact): Record<string, Attendance> {
  if (fact.type !== 'attendance.declared') return attendance
  const { personId, presence, siteId } = fact.data
  const past = (entry(attendance, personId)?.intervals ?? []).map((interval) =>
    interval.to === null ? { ...interval, to: fact.at } : interval,
  )
  return withEntry(attendance, personId, { personId, intervals: [...past, { presence, siteId, from: fact.at, to: null, by: fact.by }] })
}

export function evolveAttendanceRules(rules: AttendanceRules, fact: VisibleFact): AttendanceRules {
  return fact.type === 'attendance.rulesChanged' ? { ...rules, ...fact.data } : rules
}

export function evolveQuorum(quorum: QuorumRecord, fact: VisibleFact): QuorumRecord {
  if (fact.type !== 'quorum.checked') return quorum
  const check = { ...fact.data, at: fact.at }
  return { opening: check.occasion === 'opening' ? check : quorum.opening, last: check }
}
