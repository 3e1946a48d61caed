import { readFileSync } from 'node:fs'

export interface MatrixRow { command: string; allowed: Record<string, boolean> }

/** The permission matrix as it is checked in: one row a command, one column a role; ✓ is allowed, – is denied. */
export function readMatrix(): { columns: string[]; rows: MatrixRow[] } {
  const path = new URL('../../unit/permissions/meeting-matrix.md', import.meta.url)
  const [head = [], , ...body] = readFileSync(path, 'utf8').split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  const columns = head.slice(1)
  const rows = body.map(([command = '', ...cells]) => ({
    command,
    allowed: Object.fromEntries(columns.map((column, index) => [column, meaning(cells[index], command)])),
  }))
  return { columns, rows }
}

function meaning(cell: string | undefined, command: string): boolean {
  if (cell === '✓' || cell === '–') return cell === '✓'
  throw new Error(`the row of ${command} has a cell that is neither ✓ nor –: ${cell}`)
}
