import type { SeatLayout, SeatPlace } from './state.ts'

/** A seat as a layout makes it, before it has an id. */
export interface LaidOutSeat extends SeatPlace {
  label: string
}

/** The seats that a layout's numbers stand for, by precedence: the middle of the chair's table first, then whoever sits nearest to it. */
export function laidOut(layout: SeatLayout): LaidOutSeat[] {
  if (layout.kind === 'rows') return rows(layout)
  return layout.kind === 'horseshoe' ? horseshoe(layout) : []
}

const headTable = 0
const lastSeat = 1

function rows({ head, rows: count, perRow, aisle }: Extract<SeatLayout, { kind: 'rows' }>): LaidOutSeat[] {
  const first = head > 0 ? 0.25 : headTable
  // An aisle is as wide as a seat.
  const columns = perRow + (aisle && perRow > 1 ? 1 : 0)
  const middle = Math.floor(perRow / 2)
  const across = (column: number) => columns === 1 ? 0.5 : (column + (columns > perRow && column >= middle ? 1 : 0)) / (columns - 1)
  const body = Array.from({ length: count }, (_, row) =>
    middleFirst(Array.from({ length: perRow }, (_, column) => ({
      label: `${lineName(row + Number(head > 0))}${column + 1}`,
      x: rounded(across(column)),
      y: rounded(count === 1 ? first : first + ((lastSeat - first) * row) / (count - 1)),
    }))))
  return [...headSeats(head, Math.min(1, head / columns)), ...body.flat()]
}

function horseshoe({ head, sides, lines }: Extract<SeatLayout, { kind: 'horseshoe' }>): LaidOutSeat[] {
  /** From one line of an arm to the next behind it. */
  const arm = 0.14
  const down = (seat: number) => rounded(sides === 1 ? 0.5 : 0.2 + ((lastSeat - 0.2) * seat) / (sides - 1))
  const arms = Array.from({ length: lines }, (_, line) => {
    const inset = rounded(arm * (lines - 1 - line))
    return Array.from({ length: sides }, (_, seat) => [
      { label: `${lineName(1 + 2 * line)}${seat + 1}`, x: inset, y: down(seat) },
      { label: `${lineName(2 + 2 * line)}${seat + 1}`, x: rounded(1 - inset), y: down(seat) },
    ]).flat()
  })
  return [...headSeats(head, Math.min(1, 0.125 * head)), ...arms.flat()]
}

/** Numbers that seat so many people comfortably: a start that the secretary changes. */
export function suggestedLayout(kind: 'rows' | 'horseshoe', people: number): SeatLayout {
  const head = Math.max(1, Math.min(people > 24 ? 8 : 4, people))
  const others = Math.max(1, people - head)
  if (kind === 'rows') {
    const perRow = Math.min(12, Math.max(2, Math.ceil(Math.sqrt(others * 1.6))))
    return { kind, head, rows: Math.min(30, Math.ceil(others / perRow)), perRow, aisle: perRow >= 6 }
  }
  const lines = Math.min(3, Math.ceil(others / 18))
  return { kind, head, sides: Math.min(30, Math.ceil(others / 2 / lines)), lines }
}

function headSeats(count: number, width: number): LaidOutSeat[] {
  return middleFirst(Array.from({ length: count }, (_, seat) => ({ label: `A${seat + 1}`, x: rounded(0.5 + width * ((seat + 0.5) / count - 0.5)), y: headTable })))
}

function middleFirst(line: LaidOutSeat[]): LaidOutSeat[] {
  return [...line].sort((a, b) => rounded(Math.abs(a.x - 0.5)) - rounded(Math.abs(b.x - 0.5)) || a.x - b.x)
}

/** A, B, … Z, AA, AB, … */
function lineName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : lineName(Math.floor(index / 26) - 1) + letter
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
