/**
 * Cookies travel with requests and WebSocket upgrades that another site makes; only the Origin header tells them apart.
 * Every edge asks this before it believes a cookie.
 */
export interface Origins {
  /** True when a page of this hub sent it: the hub's own scheme and the very host (and port) that was asked, or a PUBLIC_ORIGIN. */
  isAllowedOrigin(origin: string | undefined, host: string | undefined): boolean
}

export function openOrigins(scheme: 'http' | 'https', publicOrigins: readonly string[]): Origins {
  return {
    isAllowedOrigin(origin, host) {
      if (!origin) return false
      if (publicOrigins.includes(origin)) return true
      return Boolean(host) && /^[A-Za-z0-9.:[\]-]+$/.test(host ?? '') && origin === originOf(scheme, host ?? '')
    },
  }
}

/** As a browser writes it: lower case, without the scheme's default port. */
function originOf(scheme: string, host: string): string | null {
  return URL.canParse(`${scheme}://${host}`) ? new URL(`${scheme}://${host}`).origin : null
}
