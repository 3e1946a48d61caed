import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const boxScript = fileURLToPath(new URL('./box.sh', import.meta.url))

/** `command` within namespaces of its own: no network, no other process, no file but programs, fonts and the work folder as /work. */
export function boxedCommand(work: string, officeFolder: string, command: string[]): string[] {
  return ['/usr/bin/unshare', '-Urmnpi', '--fork', '--kill-child', '/bin/sh', boxScript, join(work, 'root'), work, officeFolder, ...command]
}

const gigabyte = 2 ** 30

/** Backstops that hold whatever happens to the hub; the finer limits are watched from outside (watch.ts). */
export function limited(command: string[]): string[] {
  return ['/usr/bin/prlimit', `--as=${4 * gigabyte}`, `--fsize=${gigabyte}`, '--cpu=900', '--nofile=1024', '--core=0', '--', ...command]
}
