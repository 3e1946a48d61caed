import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A built client that becomes another version while a hub serves it. Its page says which it is: `document.documentElement.dataset.version`. */
export class Versions {
  readonly dir: string
  readonly #page: string
  readonly #worker: string

  private constructor(dir: string, page: string, worker: string) {
    this.dir = dir
    this.#page = page
    this.#worker = worker
  }

  static async of(built: string): Promise<Versions> {
    const dir = await mkdtemp(join(tmpdir(), 'giao-ban-client-'))
    await cp(built, dir, { recursive: true })
    return new Versions(dir, await readFile(join(dir, 'index.html'), 'utf8'), await readFile(join(dir, 'sw.js'), 'utf8'))
  }

  /** From now on the hub has this version and none before. `whole: false`: one of its files is missing. */
  async become(version: number, { whole = true } = {}): Promise<void> {
    const script = `/assets/version-${version}.js`
    for (const other of [1, 2, 3, 4, 5]) await rm(join(this.dir, `assets/version-${other}.js`), { force: true })
    if (whole) await writeFile(join(this.dir, script), `document.documentElement.dataset.version = '${version}'`)
    await this.#write('index.html', this.#page.replace('</head>', `<script type="module" src="${script}"></script></head>`))
    const [, list = '{}', rest = ''] = /^const shell = (.+)\n([\s\S]*)$/u.exec(this.#worker) ?? []
    const shell = JSON.parse(list) as { version: string; files: string[] }
    await this.#write('sw.js', `const shell = ${JSON.stringify({ ...shell, version: `${shell.version}-${version}`, files: [...shell.files, script] })}\n${rest}`)
  }

  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true })
  }

  /** Without the compressed copies of what it was before. */
  async #write(name: string, text: string): Promise<void> {
    for (const kind of ['.br', '.gz', '.zst']) await rm(join(this.dir, name + kind), { force: true })
    await writeFile(join(this.dir, name), text)
  }
}
