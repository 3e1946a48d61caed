/**
 * `npm test`: types, then every test, from the quickest to the slowest. What is needed besides npm packages (Chromium, a server
 * that speaks MongoDB's protocol) is found or made by the tests that need it, and they say which ran.
 * `npm test -- unit contract` runs only those projects.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const projects = ['unit', 'contract', 'integration', 'e2e']
/** `nightly` runs only when it is asked for: the reliability tests at their full size, for an hour or so. */
const chosen = process.argv.slice(2).filter((name) => [...projects, 'nightly'].includes(name))
const reports = await mkdtemp(join(tmpdir(), 'giao-ban-tests-'))
const total = { passed: 0, failed: 0, skipped: 0 }

/** Runs one of our packages' programs with this Node; its exit code. */
function run(program: string, ...args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const file = new URL(`../node_modules/${program}`, import.meta.url).pathname
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], { stdio: 'inherit' })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

async function addReport(file: string): Promise<void> {
  const report = JSON.parse(await readFile(file, 'utf8')) as Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>
  total.passed += report.numPassedTests
  total.failed += report.numFailedTests
  total.skipped += report.numPendingTests
}

console.log('types')
let failed = (await run('vue-tsc/bin/vue-tsc.js', '-b')) !== 0
for (const project of chosen.length > 0 ? chosen : projects) {
  const file = join(reports, `${project}.json`)
  const code = await run('vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`)
  failed ||= code !== 0
  await addReport(file).catch(() => { failed = true })
}
await rm(reports, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = failed ? 1 : 0
