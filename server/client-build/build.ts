import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { builtFingerprint, clientDist, projectDir, sourceFingerprint } from './fingerprint.ts'

export class ClientBuildFailed extends Error {
  override readonly name = 'ClientBuildFailed'
}

/** True when the sources are others than those of the last build. An installation without Vite serves what was built elsewhere. */
export function clientIsStale(): boolean {
  if (!existsSync(join(projectDir, 'node_modules/vite'))) return false
  return builtFingerprint() !== sourceFingerprint()
}

/** Builds the client in a process of its own, whose memory is gone afterwards. @throws ClientBuildFailed with what the build said */
export async function buildClient(): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('run.ts', import.meta.url))],
    { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString() })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new ClientBuildFailed(stripVTControlCharacters(output).trim())
}

/** Where the built client lies; null when there is none. */
export function builtClient(): string | null {
  return existsSync(join(clientDist, 'index.html')) ? clientDist : null
}
