/** So many cameras a site may have at a time, and all sites of a meeting together; so many may be started a minute by one person. Milliseconds: the pauses before one is tried again, and how long one that sends nothing is waited for. */
export const cameraLimits = { perSite: 2, perMeeting: 40, startsAMinute: 10, firstPause: 1_000, longestPause: 30_000, silent: 15_000 } as const

/** A camera's address, taken apart. Only `at(…)` holds the password. */
export interface CameraAddress {
  /** A name or an IP address, without brackets. */
  host: string
  /** As it may be shown: without user, password and what stands behind a question mark. */
  shown: string
  /** The whole address with this IP address in place of the host: printable ASCII without quotes, backslashes and blanks. */
  at(ip: string): string
}

/** Of a text such as `rtsp://user:password@host:554/path`; null: it is none. */
export function readCameraAddress(text: string): CameraAddress | null {
  if (!/^rtsp:\/\//i.test(text.trim()) || !URL.canParse(text.trim())) return null
  const { username, password, hostname, port, pathname, search, hash } = new URL(text.trim())
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (!/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]+)$/.test(host)) return null
  // A password that holds / ? or # and was not encoded: its first half would be taken for the host.
  if (hash || `${pathname}${search}`.includes('@')) return null
  const login = username || password ? `${username}:${password}@` : ''
  const place = (name: string) => `${name.includes(':') ? `[${name}]` : name}:${port || 554}`
  const plain = (part: string) => part.replace(/[^\x21-\x7e]|['\\"]/g, (character) => (character.charCodeAt(0) < 128 ? `%${character.charCodeAt(0).toString(16).padStart(2, '0')}` : encodeURIComponent(character)))
  return {
    host,
    // Some cameras take the password in the path.
    shown: `${place(host)}${plain(pathname).replace(/((?:pass\w*|pwd)=)[^&_/;]*/gi, '$1…')}`,
    at: (ip) => plain(`rtsp://${login}${place(ip)}${pathname}${search}`),
  }
}
