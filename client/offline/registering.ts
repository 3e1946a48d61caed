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

/** Before a page that the hub calls too old is loaded anew: what is kept here is of no use any more. */
export async function forgetShell(): Promise<void> {
  const names = await globalThis.caches?.keys().catch(() => []) ?? []
  await Promise.all(names.filter((name) => name.startsWith('shell ')).map((name) => caches.delete(name)))
}
