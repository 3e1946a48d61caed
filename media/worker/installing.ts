import { runCommand } from './command.ts'
import { WorkerFailed } from './failure.ts'

/** Installs Debian packages; only where `canInstall`, and only where somebody has asked for a hub to try out. @throws WorkerFailed `install` */
export async function installPackages(packages: readonly string[], signal?: AbortSignal): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await runCommand('apt-get', ['update', '-qq'], { env, signal, timeout: 180_000 })
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, signal, timeout: 600_000 })
  } catch (error) {
    signal?.throwIfAborted()
    throw new WorkerFailed('install', (error as Error).message, packages)
  }
}
