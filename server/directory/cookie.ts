/** 256 random bits in base64url. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** The session token in a Cookie header, or null. Looks at one name only and never decodes. */
export function tokenIn(cookieHeader: string | undefined, cookieName: string): string | null {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === cookieName && value !== undefined && tokenPattern.test(value)) return value
  }
  return null
}
