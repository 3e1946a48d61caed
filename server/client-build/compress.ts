import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const worthIt = new Set(['.js', '.mjs', '.css', '.html', '.svg', '.json', '.wasm', '.map', '.txt', '.bcmap', '.ttf', '.webmanifest'])
const smallest = 1024
const [toGzip, toBrotli] = [promisify(gzip), promisify(brotliCompress)]

/** Puts `.gz` and `.br` beside every file that shrinks. Browsers ask for brotli over HTTPS and on localhost only. */
export async function compressFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && worthIt.has(extname(entry.name))).map(entry => join(entry.parentPath, entry.name))
  for (const file of files) {
    const content = await readFile(file)
    if (content.length < smallest) continue
    const [gz, br] = await Promise.all([
      toGzip(content, { level: 9 }),
      toBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    ])
    if (gz.length < content.length) await writeFile(`${file}.gz`, gz)
    if (br.length < content.length) await writeFile(`${file}.br`, br)
  }
}
