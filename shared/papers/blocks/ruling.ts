import type { Rectangle } from './rows.ts'

/** A line of the ruling: at `at` across, from `from` to `to` along. */
export interface Rule { at: number; from: number; to: number }

/** Lines that hang together: one table, one box, or one drawing. */
export interface Ruling { across: Rule[]; down: Rule[] }

const near = 2.5
/** A page with more lines than this is a drawing; looking for tables in it would only take time. */
const mostRules = 1500

/** Straight lines by their heights or sides, pieces of one line put together. */
function merged(rules: Rule[]): Rule[] {
  const lines: Rule[] = []
  for (const rule of [...rules].sort((a, b) => a.at - b.at || a.from - b.from)) {
    const line = lines.slice(-40).find(line => Math.abs(line.at - rule.at) < near && rule.from <= line.to + near && rule.to >= line.from - near)
    if (line) {
      line.from = Math.min(line.from, rule.from)
      line.to = Math.max(line.to, rule.to)
    } else {
      lines.push({ ...rule })
    }
  }
  return lines
}

/** Which lines touch which others: each group of them by itself. */
export function rulingsOf(lines: readonly Rectangle[]): Ruling[] {
  if (lines.length > mostRules * 4) return []
  const across = merged(lines.filter(line => line.bottom - line.y < 3.5 && line.right - line.x > 6).map(line => ({ at: (line.y + line.bottom) / 2, from: line.x, to: line.right })))
  const down = merged(lines.filter(line => line.right - line.x < 3.5 && line.bottom - line.y > 6).map(line => ({ at: (line.x + line.right) / 2, from: line.y, to: line.bottom })))
  if (across.length + down.length > mostRules) return []
  const home = new Map<Rule, Ruling>()
  for (const rule of across) home.set(rule, { across: [rule], down: [] })
  for (const rule of down) home.set(rule, { across: [], down: [rule] })
  for (const flat of across) for (const tall of down) {
    if (tall.at < flat.from - near || tall.at > flat.to + near || flat.at < tall.from - near || flat.at > tall.to + near) continue
    const [one, other] = [home.get(flat) as Ruling, home.get(tall) as Ruling]
    if (one === other) continue
    one.across.push(...other.across)
    one.down.push(...other.down)
    for (const rule of [...other.across, ...other.down]) home.set(rule, one)
  }
  return [...new Set(home.values())]
}

/** Different places among `values`, from small to large. */
export function stepsOf(values: readonly number[], apart = 3): number[] {
  const steps: number[] = []
  for (const value of [...values].sort((a, b) => a - b)) if (steps.length === 0 || value - (steps.at(-1) as number) > apart) steps.push(value)
  return steps
}

/** Whether a line at `at` parts what lies between `from` and `to`. */
export function parts(rules: readonly Rule[], at: number, from: number, to: number): boolean {
  const middle = (from + to) / 2
  return rules.some(rule => Math.abs(rule.at - at) <= 3 && rule.from <= middle && rule.to >= middle)
}
