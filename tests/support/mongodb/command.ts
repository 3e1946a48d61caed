import { spawn } from 'node:child_process'

export interface CommandOptions { cwd?: string; env?: Record<string, string>; timeout: number; onLine?: (line: string) => void }

/** Runs a command to its end; resolves with its stdout. @throws Error that says what failed, with the last lines it wrote */
export function runCommand(command: string, args: string[], { cwd, env, timeout, onLine }: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    // Not spawn's own `timeout`: its timer stays when the command does not even exist.
    const patience = setTimeout(() => child.kill('SIGKILL'), timeout)
    let stdout = ''
    let lines: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const fresh = text.split('\n').filter(line => line.trim() !== '')
      lines = [...lines, ...fresh].slice(-8)
      fresh.forEach(line => onLine?.(line))
    })
    child.on('error', error => {
      clearTimeout(patience)
      reject(new Error(`${command}: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      clearTimeout(patience)
      if (code === 0) resolve(stdout)
      else reject(new Error(`${command} ${args[0] ?? ''} ended with ${code ?? signal}: ${[...lines, stdout.slice(-300)].join(' ').slice(-600)}`))
    })
  })
}
