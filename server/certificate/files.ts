import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files of the certificates folder. Keys never leave it; only `authority.crt` is served. */
export const fileNames = {
  authority: 'authority.crt', authorityKey: 'authority.key', server: 'server.crt', serverKey: 'server.key',
} as const

export interface Pem { certificate: string; key: string }

/** Null when there is no authority yet. @throws Error when only one of its two files is there */
export async function readAuthority(folder: string): Promise<Pem | null> {
  const [certificate, key] = await Promise.all([readOrNull(join(folder, fileNames.authority)), readOrNull(join(folder, fileNames.authorityKey))])
  if (certificate === null && key === null) return null
  if (certificate === null || key === null) {
    throw new Error(`${certificate === null ? fileNames.authority : fileNames.authorityKey} is missing in ${folder}`)
  }
  return { certificate, key }
}

/** Written once: `wx` fails on an existing file, because every tablet would have to install a new authority. */
export async function writeAuthority(folder: string, { certificate, key }: Pem): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, fileNames.authorityKey), key, { mode: 0o600, flag: 'wx' })
  await writeFile(join(folder, fileNames.authority), certificate, { mode: 0o600, flag: 'wx' })
}

export async function writeServer(folder: string, { certificate, key }: Pem): Promise<{ cert: string; key: string }> {
  const paths = { cert: join(folder, fileNames.server), key: join(folder, fileNames.serverKey) }
  for (const [path, content] of [[paths.key, key], [paths.cert, certificate]] as const) {
    await writeFile(path, content, { mode: 0o600 })
    // `mode` counts for new files only.
    await chmod(path, 0o600)
  }
  return paths
}

/** The authority as tablets download it (DER) and its SHA-256 fingerprint; null when there is none. */
export async function authorityToServe(folder: string): Promise<{ der: Buffer; fingerprint: string; name: string } | null> {
  const pem = await readOrNull(join(folder, fileNames.authority))
  if (pem === null) return null
  const certificate = new X509Certificate(pem)
  const name = /CN=(.+)/.exec(certificate.subject)?.[1] ?? 'Giao ban'
  return { der: certificate.raw, fingerprint: certificate.fingerprint256, name }
}

async function readOrNull(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
