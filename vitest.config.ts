import { defineConfig } from 'vitest/config'

/** Tests of one kind share a folder: tests/<name>. `unit` must stay quick; the others start hubs, stores and browsers. */
function project(name: string, seconds: number, fileParallelism: boolean, globalSetup: string[] = [], include = [`tests/${name}/**/*.test.ts`]) {
  return {
    test: {
      name,
      include,
      env: { NIGHTLY: name === 'nightly' ? '1' : '' },
      testTimeout: seconds * 1_000,
      hookTimeout: seconds * 1_000,
      fileParallelism,
      globalSetup,
      pool: 'forks' as const,
    },
  }
}

export default defineConfig({
  test: {
    projects: [
      project('unit', 20, true),
      project('contract', 120, true, ['tests/support/mongodb/global-setup.ts']),
      project('integration', 240, false),
      project('e2e', 300, false),
      // The same reliability tests as in `integration` and `unit`, at their full size: `npm run test:nightly`.
      project('nightly', 1200, false, [], ['tests/integration/crash/*.test.ts', 'tests/integration/collab-crash/*.test.ts', 'tests/integration/collab/attacks.test.ts', 'tests/integration/votes/*.test.ts', 'tests/integration/model/*.test.ts', 'tests/integration/media/worker-crash.test.ts']),
    ],
  },
})
