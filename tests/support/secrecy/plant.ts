import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectDir } from '../../../server/client-build/fingerprint.ts'

/** One change of the product's source. Its place must be there exactly once, so that a plant never silently plants nothing. */
export interface Change { file: string; from: string; to: string }

const needed = ['server', 'shared', 'media', 'client/meeting/votes', 'tests/support', 'package.json']

/** A copy of the product with these changes, ready to run. */
export async function plant(root: string, changes: readonly Change[]): Promise<void> {
  await mkdir(root, { recursive: true })
  for (const part of needed) await cp(join(projectDir, part), join(root, part), { recursive: true })
  await symlink(join(projectDir, 'node_modules'), join(root, 'node_modules'))
  for (const { file, from, to } of changes) {
    const text = await readFile(join(root, file), 'utf8')
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold the place to change exactly once: ${from}`)
    await writeFile(join(root, file), text.replace(from, () => to))
  }
}
