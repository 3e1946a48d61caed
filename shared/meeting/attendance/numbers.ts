import { entry, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'

/** Damm's quasigroup: finds every single wrong digit and every two neighbours that changed places. */
const damm = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
]

function checkDigit(digits: string): string {
  let interim = 0
  for (const digit of digits) interim = Number(damm[interim]?.[Number(digit)])
  return String(interim)
}

/** The number (số điểm danh) of the `place`-th person ever invited: three digits or more and a check digit, so that a mistyped one is nobody's. */
export function numberAt(place: number): string {
  const digits = String(place).padStart(3, '0')
  return digits + checkDigit(digits)
}

/** Everybody ever invited keeps the number he got, also when he leaves and comes back: a number is one person's in this meeting. */
export function evolveNumbers(numbers: Record<string, string>, fact: VisibleFact): Record<string, string> {
  if (fact.type !== 'participant.invited' || entry(numbers, fact.data.personId) !== undefined) return numbers
  return withEntry(numbers, fact.data.personId, numberAt(Object.keys(numbers).length + 1))
}

/** Whose number it is; leading zeros need not be typed. */
export function personWithNumber(numbers: Record<string, string>, number: string): string | null {
  return Object.keys(numbers).find((personId) => Number(numbers[personId]) === Number(number)) ?? null
}

/** What a personal QR code says. */
export function codeText(meetingId: string, number: string): string {
  return `GIAOBAN:${meetingId}:${number}`
}

/** The number in a scanned or typed text; null when it is neither a number nor a code of this meeting. */
export function readCode(meetingId: string, text: string): string | null {
  const typed = text.replaceAll(/[\s.-]/g, '')
  if (/^[0-9]{1,8}$/.test(typed)) return typed.padStart(4, '0')
  const [word, meeting, number] = text.trim().split(':')
  return word === 'GIAOBAN' && meeting === meetingId && number !== undefined && /^[0-9]{4,8}$/.test(number) ? number : null
}
