/**
 * Serves the application itself when the hub is out of reach: its page, scripts, styles and fonts, of one version together. What people see
 * and read is never kept here: everything under /api goes past this file, and packages are sealed by the page.
 *
 * worker.vite.ts puts `shell` in front of it and ships it as /sw.js.
 */
declare const self: ServiceWorkerGlobalScope
declare const shell: Shell

interface Shell {
  /** Of the whole build; another build is another cache. */
  version: string
  /** Fetched when this version is installed. */
  files: string[]
  /** Of the two builds of the reader, a browser needs one. */
  modern: string[]
  legacy: string[]
  /** Fetched when the line has nothing else to do. */
  rest: string[]
}

const prefix = 'shell '
const cacheName = prefix + shell.version
const page = '/index.html'
/** So long the hub may take to answer for a page before the one that is kept here is shown. */
const patience = 3000
/** Names in /assets/ hold a hash of their content: one of them is the same in every version. */
const hashed = '/assets/'
const named = /^\/(?:pdf|icons)\/|^\/(?:favicon\.svg|manifest\.webmanifest)$/
/** Pages of the hub's own; the application is every other one. */
const notOurs = /^\/(?:api|live|collab|certificate)(?:\/|$)/

/** As client/pdf/engine.ts decides. */
const isModern = 'getOrInsertComputed' in Map.prototype && 'withResolvers' in Promise && 'parse' in URL && 'toHex' in Uint8Array.prototype

self.addEventListener('install', (event) => {
  // One by one: on a poor line nothing else is held up.
  event.waitUntil(keep([...shell.files, ...(isModern ? shell.modern : shell.legacy)]).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldVersions().then(() => self.clients.claim()))
})

self.addEventListener('message', (event) => {
  if (event.data === 'keepRest') event.waitUntil(keep(shell.rest).catch(() => undefined))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || notOurs.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(navigate(request))
  else if (pathname.startsWith(hashed)) event.respondWith(hashedFile(request))
  else if (named.test(pathname)) event.respondWith(namedFile(request))
})

/** The hub's own page whenever it answers: a page of an older version may not understand it. */
async function navigate(request: Request): Promise<Response> {
  const kept = await (await caches.open(cacheName)).match(page)
  if (!kept) return fetch(request)
  const answer = await inTime(fetch(request))
  return answer && answer.status < 500 ? answer : kept
}

async function hashedFile(request: Request): Promise<Response> {
  return await caches.match(request, { ignoreVary: true }) ?? fetch(request)
}

/** The same name may be another file in another version: the hub's counts, and the kept one where the hub is silent. */
async function namedFile(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  const kept = await cache.match(request, { ignoreVary: true })
  if (!kept) return fetch(request)
  return await inTime(fetch(request)) ?? kept
}

async function inTime(asked: Promise<Response>): Promise<Response | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))
  return Promise.race([asked.catch(() => null), late])
}

/** @throws when one cannot be had: half a version is not served */
async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName)
  for (const file of files) {
    if (await cache.match(file, { ignoreVary: true })) continue
    const known = file.startsWith(hashed) ? await caches.match(file, { ignoreVary: true }) : undefined
    const answer = known ?? await fetch(file, { cache: file.startsWith(hashed) ? 'default' : 'no-cache' })
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`)
    await cache.put(file, answer)
  }
}

/** The version before stays for pages of it that are still open. */
async function forgetOldVersions(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName)
  for (const name of names.slice(0, -1)) await caches.delete(name)
}
