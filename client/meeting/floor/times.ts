/** From so many waiting on, the chair is offered the shorter times. */
export const manyWaiting = 6

/** Minutes as they are written: 7, 2,5. */
export function minutesOf(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100).replace('.', ',')
}
