import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * The network of one person: an address of his own that leads to the hub. Cut, it swallows everything without a word, as a
 * wireless network out of reach does; nobody is told that a connection has ended.
 */
export class Line {
  readonly #server: Server
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #isCut = false

  private constructor(hubPort: number) {
    this.#server = createServer({ allowHalfOpen: false }, near => {
      const far = connect({ port: hubPort, host: '127.0.0.1' })
      const pair = [near, far] as const
      this.#pairs.add(pair)
      for (const [from, to] of [[near, far], [far, near]] as const) {
        from.on('data', chunk => { if (!this.#isCut) to.write(chunk) })
        from.on('error', () => undefined)
        // The end of the other side is not heard either while the line is cut.
        from.on('close', () => { if (!this.#isCut) this.#end(pair) })
      }
    })
  }

  static async to(hubPort: number): Promise<Line> {
    const line = new Line(hubPort)
    await new Promise<void>(resolve => line.#server.listen(0, '127.0.0.1', resolve))
    return line
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.#isCut = true
  }

  /** What was swallowed is lost: the old connections are dead, new ones get through. */
  restore(): void {
    this.#isCut = false
    for (const pair of this.#pairs) this.#end(pair)
  }

  async close(): Promise<void> {
    this.restore()
    await new Promise(resolve => this.#server.close(resolve))
  }

  #end(pair: readonly [Socket, Socket]): void {
    this.#pairs.delete(pair)
    for (const socket of pair) socket.destroy()
  }
}
