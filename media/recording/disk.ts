import { mkdir, statfs } from 'node:fs/promises'

/** Gigabytes that are left to the hub's own log and papers: a recording must not stop a meeting. */
export const reservedGb = 0.5

/** Free on the disk of this folder, in gigabytes; the folder is made. */
export async function freeGigabytes(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = await statfs(folder)
  return Math.round((bavail * bsize) / 1e8) / 10
}
