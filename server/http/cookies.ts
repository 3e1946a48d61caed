import type { FastifyReply } from 'fastify'

/**
 * The session cookie's header. HttpOnly: no script can read it. SameSite=Strict: it travels with requests of our own pages
 * only. With HTTPS it is Secure, and its name (`__Host-…`) keeps other hosts of the same domain from planting one.
 */
export function setSessionCookie(reply: FastifyReply, name: string, token: string, maxAge: number): void {
  const secure = name.startsWith('__Host-') ? '; Secure' : ''
  reply.header('set-cookie', `${name}=${token}; Path=/; Max-Age=${Math.floor(maxAge / 1000)}; HttpOnly; SameSite=Strict${secure}`)
}

export function clearSessionCookie(reply: FastifyReply, name: string): void {
  setSessionCookie(reply, name, '', 0)
}
