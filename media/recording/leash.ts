import { spawnSync } from 'node:child_process'

let words: readonly string[] | null = null

/**
 * What to start instead of `program`, so that it ends with whoever starts it, also when that one is killed: by util-linux's setpriv, which becomes
 * the program and keeps its number. Where there is none, the program is started as it is.
 */
export function leashed(program: string, args: readonly string[]): [program: string, args: string[]] {
  words ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true'], { stdio: 'ignore' }).status === 0 ? ['setpriv', '--pdeathsig', 'KILL', '--'] : []
  const [first = program, ...rest] = [...words, program]
  return [first, [...rest, ...args]]
}
