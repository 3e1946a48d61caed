/** The peer: Socket.IO by itself, as its documentation shows it, sending the same bytes. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { answerParent, settledMemory } from '../child.ts'

const http = createServer()
const io = new Server(http, { path: '/live', transports: ['websocket'], serveClient: false })
let payload: unknown = null
let answer: unknown = null

io.on('connection', (socket) => {
  void socket.join('meeting')
  socket.on('tap', (_data: unknown, ack: (reply: unknown) => void) => {
    io.to('meeting').emit('frame', payload)
    ack({ ok: true })
  })
  socket.on('snapshot', (_data: unknown, ack: (reply: unknown) => void) => ack(answer))
})

const tasks = {
  async start() {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const address = http.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  },
  setPayload(value: unknown) {
    payload = value
  },
  setAnswer(value: unknown) {
    answer = value
  },
  memory: () => settledMemory(),
  cpu() {
    const { user, system } = process.cpuUsage()
    return user + system
  },
}

export type BareTasks = typeof tasks
answerParent(tasks)
