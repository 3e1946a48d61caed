import { setPriority } from 'node:os'

/**
 * Inside a process that makes copies (`node main.ts <output> <memory in bytes> <computing in milliseconds>`): what it was given, and its end when it
 * takes more than that. The thread that works may be stuck in a bomb, so the one that calls this does nothing else for long.
 */
export function withinLimits<Job>(): { output: string; job: Promise<Job>; /** Begins to count the computing anew. */ anew(): void } {
  const [output = ''] = process.argv.slice(2)
  const [memory = 0, computing = 0] = process.argv.slice(3).map(Number)
  const used = (): number => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  let from = 0
  // Whoever is in a meeting comes first.
  setPriority(5)
  setInterval(() => {
    if (process.memoryUsage.rss() > memory || used() - from > computing) process.kill(process.pid, 'SIGKILL')
  }, 25).unref()
  process.on('disconnect', () => process.exit(1))
  return { output, job: new Promise(resolve => process.once('message', job => resolve(job as Job))), anew: () => { from = used() } }
}
