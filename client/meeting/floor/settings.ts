import type { Commands } from '../../../shared/meeting/command.ts'
import type { FloorSettings, SpeakingLimits } from '../../../shared/meeting/floor/state.ts'
import { minutesOf } from './times.ts'

/** The times of the form, in minutes as they are written; empty: no limit. */
export type TimesDraft = Record<keyof SpeakingLimits | 'shortSpeech' | 'shortDebate', string>

export type SettingsDraft = Omit<FloorSettings, 'limits' | 'reducedLimits' | 'reduceFrom' | 'categories' | 'warningSeconds' | 'keepSeconds'> & {
  times: TimesDraft
  warning: string
  keep: string
}

const minutes = (seconds: number | null) => (seconds === null ? '' : minutesOf(seconds))

export function draftOf({ limits, reducedLimits, reduceFrom: _from, categories: _categories, warningSeconds, keepSeconds, ...rest }: FloorSettings): SettingsDraft {
  const times = Object.fromEntries(Object.entries(limits).map(([kind, seconds]) => [kind, minutes(seconds)])) as Record<keyof SpeakingLimits, string>
  return {
    ...rest,
    times: { ...times, shortSpeech: minutes(reducedLimits.speech), shortDebate: minutes(reducedLimits.debate) },
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

/** What is sent; null where something is not a time. */
export function changeOf({ times, warning, keep, ...rest }: SettingsDraft): Commands['floor:configure'] | null {
  const seconds = Object.fromEntries(Object.entries(times).map(([kind, written]) => [kind, secondsOf(written)])) as Record<keyof TimesDraft, number | null | undefined>
  const warningSeconds = wholeOf(warning, 600)
  const keepSeconds = wholeOf(keep, 3600)
  if (Object.values(seconds).includes(undefined) || warningSeconds === undefined || keepSeconds === undefined) return null
  const { shortSpeech, shortDebate, ...limits } = seconds as Record<keyof TimesDraft, number | null>
  return { ...rest, limits, reducedLimits: { speech: shortSpeech, debate: shortDebate }, warningSeconds, keepSeconds }
}
