/** Lets the application open without the hub from now on. Does nothing where there is no service worker (plain http, old browsers). */
export async function registerShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined)
}

/** The line has nothing to do: what the reader needs for unusual papers is brought as well. */
export async function keepRestOfShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  // The first worker may still be on its way, and a newer one has its own files to bring.
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage('keepRest')
  navigator.serviceWorker.addEventListener('controllerchange', () => navigator.serviceWorker.controller?.postMessage('keepRest'), { once: true })
}

/**
 * So long a new version may take to come before the page is loaded anew all the same, milliseconds. A request that hangs on a line that was cut keeps
 * the old worker, and so the new one, from its turn for minutes; the hub's own page needs neither.
 */
const patience = 15_000

/**
 * The hub calls this page too old: its new version is brought whole, and only then opened. What is kept here stays until then, so that a line
 * that breaks on the way leaves a page that opens. Never rejects.
 */
export async function renewShell(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  const fresh = await registration?.update().then(() => registration.installing ?? registration.waiting, () => null)
  if (!fresh) return
  await new Promise<void>((resolve) => {
    const look = () => { if (fresh.state === 'activated' || fresh.state === 'redundant') resolve() }
    fresh.addEventListener('statechange', look)
    setTimeout(resolve, patience)
    look()
  })
}
