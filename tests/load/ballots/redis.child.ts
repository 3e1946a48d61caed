/** The peer of the ballot figures: the same Socket.IO edge and schema, with Redis 7 (appendfsync always) in place of our store. */
import { createServer } from 'node:http'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { checkCommand } from '../../../server/live/checks.ts'
import { answerParent } from '../child.ts'

const http = createServer()
const io = new Server(http, { path: '/live', transports: ['websocket'], serveClient: false })
let redis: Redis
let vote = 'vote-0'

io.on('connection', (socket) => {
  const voter = String(socket.handshake.query.voter)
  socket.on('votes:cast', async (message: unknown, ack: (reply: unknown) => void) => {
    const checked = checkCommand('votes:cast', message)
    if ('wrong' in checked) return ack({ ok: false, code: checked.wrong.code })
    const { choice } = checked.message.data as { choice: string }
    const first = await redis.hsetnx(`ballots:${vote}`, voter, choice)
    ack(first === 1 ? { ok: true } : { ok: false, code: 'votes.alreadyCast' })
  })
})

const tasks = {
  async start({ redisPort }: { redisPort: number }) {
    redis = new Redis({ port: redisPort, host: '127.0.0.1', enableAutoPipelining: true })
    await redis.ping()
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const address = http.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  },
  openVote(next: string) {
    vote = next
  },
}

export type RedisTasks = typeof tasks
answerParent(tasks)
