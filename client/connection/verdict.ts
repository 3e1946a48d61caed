import type { RefusalAnswer, RefusalCode } from '../../shared/contracts/refusal.ts'

/** What a hub's no to a connection means for it: try again by itself, ask for a newer page, or stop and say why. */
export type Verdict = 'retry' | 'reload' | 'stop'

/** Reasons that pass by themselves: the hub is restarting or busy, nothing is wrong with this person or this page. */
const passing: readonly RefusalCode[] = ['hub.stopping', 'hub.failed', 'hub.unknown', 'request.tooMany']

export function verdictOn({ code }: RefusalAnswer): Verdict {
  if (code === 'client.tooOld') return 'reload'
  return passing.includes(code) ? 'retry' : 'stop'
}

/** The reason in a `connect_error`, when the hub gave one; null when it could not be reached at all. */
export function reasonOf(error: unknown): RefusalAnswer | null {
  const data = (error as { data?: unknown } | null)?.data as RefusalAnswer | undefined
  return typeof data?.code === 'string' && typeof data.sentence === 'string' ? data : null
}
