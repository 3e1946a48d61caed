/**
 * A peer of our host of documents, in a process of its own: `node server.mjs <cache folder> <which> <data folder> <port>`. The peers are found in the cache
 * folder, never in the project. Tells its parent its port.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [cache, which, dataDir, port] = process.argv.slice(2)
const require = createRequire(join(cache, 'package.json'))
mkdirSync(dataDir, { recursive: true })
const listening = (server) => server.listen(Number(port), '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))

if (which === 'y-websocket' || which === 'y-leveldb') {
  if (which === 'y-leveldb') process.env.YPERSISTENCE = join(dataDir, 'level')
  const { setupWSConnection } = require(join(cache, 'node_modules/y-websocket/bin/utils.js'))
  const { WebSocketServer } = require('ws')
  const server = http.createServer()
  const sockets = new WebSocketServer({ noServer: true })
  sockets.on('connection', setupWSConnection)
  server.on('upgrade', (request, line, head) => sockets.handleUpgrade(request, line, head, (socket) => sockets.emit('connection', socket, request)))
  listening(server)
}

if (which === 'hocuspocus') {
  const { Server } = require('@hocuspocus/server')
  const Y = require('yjs')
  const file = (name) => join(dataDir, `${encodeURIComponent(name)}.yjs`)
  // Its defaults: a store two seconds after the last change, ten after the first.
  const server = new Server({
    port: Number(port), address: '127.0.0.1', quiet: true, stopOnSignals: false,
    async onLoadDocument({ document, documentName }) {
      try {
        Y.applyUpdate(document, readFileSync(file(documentName)))
      } catch (error) {
        if (error.code !== 'ENOENT') throw error
      }
      return document
    },
    async onStoreDocument({ document, documentName }) {
      writeFileSync(file(documentName), Y.encodeStateAsUpdate(document))
    },
  })
  await server.listen()
  process.send?.({ port: server.address.port })
}

if (which === 'sharedb') {
  const Backend = require('sharedb')
  const { WebSocketServer } = require('ws')
  const { Duplex } = require('node:stream')
  // Its own store is in memory; on disk there are only MongoDB and PostgreSQL.
  const backend = new Backend()
  const here = backend.connect()
  const server = http.createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    const stream = new Duplex({ objectMode: true, read() {}, write: (message, _encoding, done) => (socket.readyState === 1 ? socket.send(JSON.stringify(message), () => done()) : done()) })
    socket.on('message', (message) => stream.push(JSON.parse(message)))
    socket.on('close', () => stream.destroy())
    const doc = here.get('documents', request.url.slice(1))
    doc.fetch(() => (doc.type ? backend.listen(stream) : doc.create({}, () => backend.listen(stream))))
  })
  listening(server)
}
