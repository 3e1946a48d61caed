import type { Language } from '../contracts/refusal.ts'

const words = {
  vi: { hours: () => 'giờ', minutes: () => 'phút', seconds: () => 'giây' },
  en: {
    hours: (count: number) => count === 1 ? 'hour' : 'hours',
    minutes: (count: number) => count === 1 ? 'minute' : 'minutes',
    seconds: (count: number) => count === 1 ? 'second' : 'seconds',
  },
}

/** "1 giờ 30 phút", "45 phút", and "20 giây" under a minute. Whole minutes above that; negative counts as nothing. */
export function formatDuration(milliseconds: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const unit = words[language]
  if (seconds < 60) return `${seconds} ${unit.seconds(seconds)}`
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts: string[] = []
  if (hours > 0) parts.push(`${hours} ${unit.hours(hours)}`)
  if (rest > 0) parts.push(`${rest} ${unit.minutes(rest)}`)
  return parts.join(' ')
}

/** "còn 5 phút" before the end, "quá 3 phút" after it. `milliseconds` is what is left, negative when the time is over. */
export function formatRemaining(milliseconds: number, language: Language): string {
  const over = milliseconds < 0
  const amount = formatDuration(Math.abs(milliseconds), language)
  if (language === 'vi') return over ? `quá ${amount}` : `còn ${amount}`
  return over ? `${amount} over` : `${amount} left`
}

/** A running clock: 4:05, 1:04:05. Whole seconds, sign in front when negative. */
export function formatClock(milliseconds: number): string {
  const total = Math.trunc(Math.abs(milliseconds) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor(total / 60) % 60
  const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`
  return milliseconds < 0 && total > 0 ? `−${clock}` : clock
}
