import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RtpEnd, RtpPacket } from './rtp.ts'

export interface Namespaces {
  /** By namespace: its address. This process reaches all of them, they each other. */
  readonly addresses: Readonly<Record<string, string>>
  openRtpEnd(namespace: string): Promise<RtpEnd>
  /** Listens in on what one sends to others by UDP; resolves after so many packets with whether these octets were among them. */
  overhears(namespace: string, octets: Buffer, packets: number): Promise<boolean>
  /** Cuts one off from all others, without a word to anybody, or lets it in again. */
  cut(namespace: string, off: boolean): void
  remove(): void
}

const ip = (...args: string[]) => void execFileSync('ip', args, { stdio: 'pipe' })

/** Network namespaces with a switch between them, as machines in one network; null and why where they may not be made. */
export function openNamespaces(count: number): Namespaces | { missing: string } {
  if (process.getuid?.() !== 0) return { missing: 'network namespaces are made by root only' }
  const [mark, subnet] = [`gb${process.pid}`, `10.${100 + (process.pid % 100)}.${Math.floor(process.pid / 100) % 250}`]
  const names = Array.from({ length: count }, (_none, at) => `${mark}n${at}`)
  // A namespace outlives its name while the kernel still has something to say to whoever was cut off: its line is removed by itself.
  const remove = () => {
    for (const args of [...names.flatMap((name) => [['netns', 'del', name], ['link', 'del', `${name}h`]]), ['link', 'del', mark]]) {
      try {
        ip(...args)
      } catch {
        // It had not been made.
      }
    }
  }
  try {
    ip('link', 'add', mark, 'type', 'bridge')
    ip('addr', 'add', `${subnet}.1/24`, 'dev', mark)
    ip('link', 'set', mark, 'up')
    for (const [at, name] of names.entries()) {
      ip('netns', 'add', name)
      ip('link', 'add', `${name}h`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
      ip('link', 'set', `${name}h`, 'master', mark, 'up')
      ip('-n', name, 'link', 'set', 'lo', 'up')
      ip('-n', name, 'addr', 'add', `${subnet}.${at + 2}/24`, 'dev', 'eth0')
      ip('-n', name, 'link', 'set', 'eth0', 'up')
    }
  } catch (error) {
    remove()
    return { missing: `network namespaces cannot be made here: ${(error as { stderr?: Buffer }).stderr?.toString().trim() || (error as Error).message}` }
  }
  return {
    addresses: Object.fromEntries(names.map((name, at) => [name, `${subnet}.${at + 2}`])),
    openRtpEnd: (name) => rtpEndIn(name),
    overhears: (name, octets, packets) => overhear(`${name}h`, octets, packets),
    cut: (name, off) => ip('link', 'set', `${name}h`, off ? 'down' : 'up'),
    remove,
  }
}

/** An end of RTP on the loopback of a namespace. */
async function rtpEndIn(namespace: string): Promise<RtpEnd> {
  const program = fileURLToPath(new URL('./rtp-end.child.ts', import.meta.url))
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, '--disable-warning=ExperimentalWarning', program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [{ port }] = await once(child, 'message') as [{ port: number }]
  const each: RtpEnd['each'] = (listener) => void child.on('message', ({ payload, ...packet }: Omit<RtpPacket, 'payload'> & { payload: string }) => listener({ ...packet, payload: Buffer.from(payload, 'base64') }))
  return {
    port, each,
    send: (to, { payload, ...packet }) => { if (child.connected) child.send([to, { ...packet, payload: payload.toString('base64') }]) },
    receive: (count) => new Promise((resolve) => {
      const packets: RtpPacket[] = []
      each((packet) => { if (packets.push(packet) === count) resolve(packets) })
    }),
    close: () => { if (child.connected) child.disconnect() },
  }
}

/** Node has no sockets that see whole packets. */
async function overhear(device: string, octets: Buffer, packets: number): Promise<boolean> {
  const program = `
import socket, sys
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
wire.bind((sys.argv[1], 0))
print('listens', flush=True)
heard, seen = False, 0
while seen < int(sys.argv[3]):
    packet = wire.recv(65535)
    if packet[12:14] == b'\\x08\\x00' and packet[23] == 17:
        seen += 1
        heard = heard or bytes.fromhex(sys.argv[2]) in packet
print(heard, flush=True)
`
  const child = spawn('python3', ['-c', program, device, octets.toString('hex'), String(packets)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said += text })
  await once(child, 'exit')
  return said.includes('True')
}
