/** What the person who types `npm start` reads: Vietnamese first, English beside it. Never a log line. */
import type { Config, Said } from './config.ts'

export interface Terminal {
  line(text?: string): void
  said(both: Said): void
}

/** With the log on stdout, people are spoken to on stderr, so that stdout stays JSON lines. */
export function openTerminal(logTo: Config['logTo']): Terminal {
  const stream = logTo === 'stdout' ? process.stderr : process.stdout
  const line = (text = '') => void stream.write(`${text}\n`)
  return {
    line,
    said({ vi, en }) {
      line(`  ${vi}`)
      line(`  ${en}`)
    },
  }
}

/** Ends the hub's start with one sentence and exit code 1; never a stack. */
export function stopWith({ vi, en }: Said): never {
  process.stderr.write(`\n  ${vi}\n  ${en}\n\n`)
  process.exit(1)
}
