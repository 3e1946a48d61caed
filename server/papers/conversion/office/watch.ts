import { readdir, readFile } from 'node:fs/promises'

/** What a process and all it started have used. */
export interface Usage {
  /** Bytes of memory. */
  memory: number
  /** Milliseconds of computing. */
  computing: number
}

/** Reads /proc; those who have ended meanwhile count as nothing. */
export async function usageOf(pid: number): Promise<Usage> {
  const parents = new Map<number, number[]>()
  const usages = new Map<number, Usage>()
  await Promise.all((await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(async name => {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null)
    if (stat === null) return
    // The name in brackets may hold anything; what follows is numbers (proc(5)): state, parent, …, utime 14, stime 15, …, rss 24.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const parent = Number(fields[1])
    parents.set(parent, [...parents.get(parent) ?? [], Number(name)])
    usages.set(Number(name), { computing: (Number(fields[11]) + Number(fields[12])) * 10, memory: Number(fields[21]) * 4096 })
  }))
  const total: Usage = { memory: 0, computing: 0 }
  const family = [pid]
  for (let one = family.pop(); one !== undefined; one = family.pop()) {
    const usage = usages.get(one)
    total.memory += usage?.memory ?? 0
    total.computing += usage?.computing ?? 0
    family.push(...parents.get(one) ?? [])
  }
  return total
}
