import type { Commands } from '../../../shared/meeting/command.ts'
import type { FloorSettings, PointOfOrderCategory, SpeakingLimits } from '../../../shared/meeting/floor/state.ts'
import { minutesOf } from './times.ts'

/** The times of the form, in minutes as they are written; empty: no limit. */
export type TimesDraft = Record<keyof SpeakingLimits | 'shortSpeech' | 'shortDebate', string>

export type SettingsDraft = Omit<FloorSettings, 'limits' | 'reducedLimits' | 'reduceFrom' | 'categories' | 'warningSeconds' | 'keepSeconds'> & {
  times: TimesDraft
  /** Kinds of points of order, a line each, the most urgent first. */
  categories: string
  warning: string
  keep: string
}

const minutes = (seconds: number | null) => (seconds === null ? '' : minutesOf(seconds))

export function draftOf({ limits, reducedLimits, reduceFrom: _from, categories, warningSeconds, keepSeconds, ...rest }: FloorSettings): SettingsDraft {
  const times = Object.fromEntries(Object.entries(limits).map(([kind, seconds]) => [kind, minutes(seconds)])) as Record<keyof SpeakingLimits, string>
  return {
    ...rest,
    times: { ...times, shortSpeech: minutes(reducedLimits.speech), shortDebate: minutes(reducedLimits.debate) },
    categories: [...categories].sort((a, b) => a.rank - b.rank).map(({ title }) => title).join('\n'),
    warning: String(warningSeconds),
    keep: String(keepSeconds),
  }
}

/** Seconds of a time as it was written ("7", "2,5"); null: no limit; undefined: not a time from ten seconds to ten hours. */
export function secondsOf(written: string): number | null | undefined {
  const text = written.trim()
  if (text === '') return null
  if (!/^\d{1,3}(?:[.,]\d{1,2})?$/u.test(text)) return undefined
  const seconds = Math.round(Number(text.replace(',', '.')) * 60)
  return seconds >= 10 && seconds <= 36_000 ? seconds : undefined
}

export function wholeOf(written: string, most: number): number | undefined {
  return /^\d{1,4}$/u.test(written.trim()) && Number(written) <= most ? Number(written) : undefined
}

/** The kinds of points of order as they were written; those whose titles stay are the same ones. Undefined: too many, or one too long. */
export function categoriesOf(written: string, known: readonly PointOfOrderCategory[], newId: () => string): PointOfOrderCategory[] | undefined {
  const titles = [...new Set(written.split('\n').map((line) => line.trim()).filter((line) => line !== ''))]
  if (titles.length > 20 || titles.some((title) => title.length > 100)) return undefined
  return titles.map((title, rank) => ({ categoryId: known.find((one) => one.title === title)?.categoryId ?? newId(), title, rank }))
}

/** What is sent; null where something is not a time, or not a kind of point of order. */
export function changeOf(
  { times, warning, keep, categories: written, ...rest }: SettingsDraft, known: readonly PointOfOrderCategory[], newId: () => string = () => crypto.randomUUID(),
): Commands['floor:configure'] | null {
  const seconds = Object.fromEntries(Object.entries(times).map(([kind, written]) => [kind, secondsOf(written)])) as Record<keyof TimesDraft, number | null | undefined>
  const warningSeconds = wholeOf(warning, 600)
  const keepSeconds = wholeOf(keep, 3600)
  const categories = categoriesOf(written, known, newId)
  if (Object.values(seconds).includes(undefined) || warningSeconds === undefined || keepSeconds === undefined || !categories) return null
  const { shortSpeech, shortDebate, ...limits } = seconds as Record<keyof TimesDraft, number | null>
  return { ...rest, categories, limits, reducedLimits: { speech: shortSpeech, debate: shortDebate }, warningSeconds, keepSeconds }
}
