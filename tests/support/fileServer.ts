import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { constants, brotliCompressSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json', '.pdf': 'application/pdf',
}

/** What the hub sends along with the application: nothing from elsewhere, no eval. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'"

export interface FileServer {
  origin: string
  /** Bytes of each paper put on the line so far, by its name. */
  sent: Map<string, number>
  /** Answers to requests for papers, in order. */
  requests: { name: string; range: string | null; status: number }[]
  /** While true, connections for papers are cut and refused. */
  cut: boolean
  /** Answers every request for a paper with this status. */
  refuse: number | null
  /** Bytes per second for papers, all requests together; null: as fast as it goes. */
  speed: number | null
  close(): Promise<void>
}

interface Options {
  /** Folders served under a prefix, e.g. { '/': 'dist' }; text is sent brotli-compressed, as a hub with precompressed files does. */
  folders: Record<string, string>
  /** Served at /papers/<name>, with ranges. */
  papers: Record<string, Buffer>
}

/** As a hub's own build is, but for programs of megabytes, which would take minutes for a few per cent less. */
const compress = (bytes: Buffer): Buffer => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 2_000_000 ? 9 : 11 } })

function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    const go = (): void => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    response.on('drain', go).on('close', go)
  })
}

/** A bare HTTP server on a free port for the page with the reader: files of folders, and papers with range support. */
export async function serveFiles({ folders, papers }: Options): Promise<FileServer> {
  const compressed = new Map<string, Buffer>()
  const state: FileServer = { origin: '', sent: new Map(), requests: [], cut: false, refuse: null, speed: null, close: async () => {} }
  let lineFreeAt = 0

  async function sendPaper(name: string, paper: Buffer, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (state.cut) return void request.socket.destroy()
    const range = request.headers.range ?? null
    const asked = /^bytes=(\d+)-(\d*)$/u.exec(range ?? '')
    const begin = asked ? Number(asked[1]) : 0
    const end = asked?.[2] ? Math.min(paper.length, Number(asked[2]) + 1) : paper.length
    const status = state.refuse ?? (asked ? 206 : 200)
    state.requests.push({ name, range, status })
    if (state.refuse) return void response.writeHead(state.refuse).end()
    response.writeHead(status, {
      'Content-Type': 'application/pdf', 'Content-Length': end - begin, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-store',
      ...(asked ? { 'Content-Range': `bytes ${begin}-${end - 1}/${paper.length}` } : {}),
    })
    const step = 16 * 1024
    for (let at = begin; at < end; at += step) {
      if (state.cut) return void request.socket.destroy()
      if (response.destroyed) return
      const part = paper.subarray(at, Math.min(end, at + step))
      if (state.speed !== null) {
        const now = performance.now()
        lineFreeAt = Math.max(lineFreeAt, now) + part.length / state.speed * 1000
        await new Promise(resolve => setTimeout(resolve, lineFreeAt - now))
      }
      state.sent.set(name, (state.sent.get(name) ?? 0) + part.length)
      if (!response.write(part)) await drained(response)
    }
    response.end()
  }

  function sendFile(path: string, request: IncomingMessage, response: ServerResponse): void {
    for (const [prefix, folder] of Object.entries(folders).sort(([a], [b]) => b.length - a.length)) {
      if (!path.startsWith(prefix)) continue
      const file = join(folder, normalize('/' + path.slice(prefix.length)))
      const full = file.endsWith('/') ? join(file, 'index.html') : file
      try {
        if (!statSync(full).isFile()) continue
      } catch {
        continue
      }
      const type = types[extname(full)] ?? 'application/octet-stream'
      const headers: Record<string, string> = { 'Content-Type': type, ...(type.startsWith('text/html') ? { 'Content-Security-Policy': policy } : {}) }
      const small = /text|javascript|json|svg|wasm/u.test(type) && request.headers['accept-encoding']?.includes('br')
      let body = compressed.get(full)
      if (small && !body) compressed.set(full, body = existsSync(`${full}.br`) ? readFileSync(`${full}.br`) : compress(readFileSync(full)))
      if (body) headers['Content-Encoding'] = 'br'
      return void response.writeHead(200, headers).end(body ?? readFileSync(full))
    }
    response.writeHead(404).end()
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url?.split('?')[0] ?? '/')
    const name = path.startsWith('/papers/') ? path.slice('/papers/'.length) : null
    const paper = name === null ? undefined : papers[name]
    if (name !== null && paper) sendPaper(name, paper, request, response).catch(() => response.destroy())
    else sendFile(path, request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  state.close = () => new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
  return state
}
