import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { freePort } from '../../support/free-port.ts'

export const janusProgram = '/usr/bin/janus'
/** The only room. */
export const roomId = 1234

type Message = Record<string, unknown> & { janus: string; transaction?: string; data?: { id: number }; plugindata?: { data: Record<string, unknown> }; jsep?: { type: string; sdp: string } }

/** Debian's Janus with its VideoRoom and nothing else, as it is installed, on loopback. */
export class Janus {
  readonly pid: number
  /** Of its WebSocket, for pages of their own. */
  readonly url: string
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #socket: WebSocket
  readonly #waiting = new Map<string, (message: Message) => void>()
  #session = 0

  private constructor(child: ChildProcess, folder: string, socket: WebSocket) {
    this.url = socket.url
    this.pid = child.pid ?? 0
    this.#child = child
    this.#folder = folder
    this.#socket = socket
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString()) as Message
      // A request of a plugin is first acknowledged, then answered.
      if (message.janus !== 'ack') this.#waiting.get(message.transaction ?? '')?.(message)
    })
  }

  static atHand(): boolean {
    return existsSync(janusProgram)
  }

  /** `mediaPorts`: the first and the last that it may take. */
  static async open(mediaPorts?: readonly [number, number]): Promise<Janus> {
    const folder = await mkdtemp(join(tmpdir(), 'giao-ban-janus-'))
    const port = await freePort()
    const file = (name: string, text: string) => writeFile(join(folder, name), text)
    await Promise.all([
      file('janus.jcfg', `general: { configs_folder = "${folder}" debug_level = 2 session_timeout = 0 }\nmedia: {${mediaPorts ? ` rtp_port_range = "${mediaPorts.join('-')}" ` : ''}}\nnat: {}\nplugins: {}\ntransports: { disable = "libjanus_http.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_mqtt.so,libjanus_nanomsg.so" }\nevents: { broadcast = false }\n`),
      file('janus.transport.websockets.jcfg', `general: { ws = true ws_port = ${port} ws_interface = "lo" json = "compact" }\n`),
      file('janus.plugin.videoroom.jcfg', 'general: {}\n'),
    ])
    const child = spawn(janusProgram, ['-F', folder, '-C', join(folder, 'janus.jcfg')], { stdio: ['ignore', 'ignore', 'ignore'] })
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'janus-protocol')
      const opened = await once(socket, 'open').then(() => true, () => false)
      if (!opened) {
        await wait(100)
        continue
      }
      const janus = new Janus(child, folder, socket)
      janus.#session = (await janus.#ask({ janus: 'create' })).data?.id ?? 0
      const handle = await janus.attach()
      await janus.message(handle, { request: 'create', room: roomId, publishers: 100, bitrate: 0, audiocodec: 'opus', videocodec: 'vp8', audiolevel_event: false, notify_joining: false, permanent: false })
      return janus
    }
    child.kill('SIGKILL')
    throw new Error('Janus does not answer')
  }

  /** A handle of the VideoRoom: one WebRTC connection. */
  async attach(): Promise<number> {
    return (await this.#ask({ janus: 'attach', session_id: this.#session, plugin: 'janus.plugin.videoroom' })).data?.id ?? 0
  }

  /** @throws with Janus's words when it refuses */
  async message(handle: number, body: Record<string, unknown>, jsep?: { type: string; sdp: string }): Promise<Message> {
    const answer = await this.#ask({ janus: 'message', session_id: this.#session, handle_id: handle, body, ...(jsep ? { jsep } : {}) })
    const error = answer.plugindata?.data['error'] ?? (answer.janus === 'error' ? answer['error'] : undefined)
    if (error !== undefined) throw new Error(`Janus: ${JSON.stringify(error)}`)
    return answer
  }

  /** A publisher with this offer; Janus's answer. */
  async publish(feed: number, offer: string): Promise<string> {
    const handle = await this.attach()
    await this.message(handle, { request: 'join', ptype: 'publisher', room: roomId, id: feed })
    const answer = await this.message(handle, { request: 'configure', audio: true, video: true }, { type: 'offer', sdp: offer })
    return answer.jsep?.sdp ?? ''
  }

  /** Resolves when so many publishers are connected: until then nobody can subscribe to them. */
  async published(count: number): Promise<void> {
    const handle = await this.attach()
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { plugindata } = await this.message(handle, { request: 'listparticipants', room: roomId })
      const people = (plugindata?.data['participants'] ?? []) as { publisher: boolean }[]
      if (people.filter(({ publisher }) => publisher).length >= count) return
      await wait(100)
    }
    throw new Error('the publishers of Janus’s room do not get connected')
  }

  /** A subscriber to these streams; `answer` makes its answer of Janus's offer. */
  async subscribe(streams: readonly { feed: number; mid: string }[], answer: (offer: string) => Promise<string>): Promise<void> {
    const handle = await this.attach()
    const offered = await this.message(handle, { request: 'join', ptype: 'subscriber', room: roomId, streams })
    await this.message(handle, { request: 'start' }, { type: 'answer', sdp: await answer(offered.jsep?.sdp ?? '') })
  }

  async close(): Promise<void> {
    this.#socket.terminate()
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
    await rm(this.#folder, { recursive: true, force: true })
  }

  #ask(message: Record<string, unknown>): Promise<Message> {
    const transaction = randomUUID()
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Janus does not answer: ${JSON.stringify(message)}`)), 10_000)
      this.#waiting.set(transaction, (answer) => {
        clearTimeout(late)
        this.#waiting.delete(transaction)
        resolve(answer)
      })
      this.#socket.send(JSON.stringify({ ...message, transaction }))
    })
  }
}
