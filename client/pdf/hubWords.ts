/** So long the hub may take to answer, milliseconds; and so long a hub that was silent is not asked again. */
const [patience, rest] = [6000, 15_000]
let silentUntil = 0

/** Asks the hub for what it has read out of a paper; null when it says no, or nothing: a network out of reach answers never. Never rejects. */
export async function askHub<T>(address: string): Promise<T | null> {
  if (performance.now() < silentUntil) return null
  const asking = new AbortController()
  const timer = setTimeout(() => {
    silentUntil = performance.now() + rest
    asking.abort()
  }, patience)
  try {
    const answer = await fetch(address, { credentials: 'same-origin', signal: asking.signal })
    clearTimeout(timer)
    return answer.ok ? await answer.json() as T : null
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
