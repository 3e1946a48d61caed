/** `npm start`. Compiled code is cached from the first line on, which halves the time of every later start. */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/giao-ban/compiled', import.meta.url)))
const { start } = await import('./start.ts')
await start()
