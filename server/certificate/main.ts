/**
 * `npm run certificate [-- name or address …]`: a private authority (once) and a certificate of it for this machine on its
 * network, so that tablets reach the hub over HTTPS without a public name.
 */
import { hostname } from 'node:os'
import { join, relative } from 'node:path'
import { formatDate } from '../../shared/vietnamese/dates.ts'
import { ConfigRefused, readConfig } from '../config.ts'
import { stopWith } from '../terminal.ts'
import { fileNames, readAuthority, writeAuthority, writeServer } from './files.ts'
import { expiryOf, makeAuthority, makeServerCertificate } from './make.ts'
import { certificateName, namesOfThisMachine } from './names.ts'

const say = (text = '') => void process.stdout.write(`${text}\n`)

function settings() {
  try {
    return readConfig({ ...process.env, TLS_CERT: '', TLS_KEY: '' })
  } catch (error) {
    if (error instanceof ConfigRefused) stopWith(error.said)
    throw error
  }
}

const { certificatesDir: folder, port, certificatePort } = settings()
const given = process.argv.slice(2).map(name => certificateName(name) ?? stopWith({
  vi: `“${name}” không phải tên máy hay địa chỉ IP.`, en: `“${name}” is neither a host name nor an IP address.`,
}))
const names = [...new Set([...given, ...namesOfThisMachine()])]

try {
  const kept = await readAuthority(folder)
  const authority = kept ?? await makeAuthority(`Giao ban ${hostname()}`)
  if (!kept) await writeAuthority(folder, authority)
  const server = await makeServerCertificate(authority, names)
  const paths = await writeServer(folder, server)
  const shown = (path: string) => relative(process.cwd(), path) || path
  const plainPort = certificatePort ?? port + 1

  say()
  say(kept
    ? `  Dùng lại chứng thư gốc đã có · The authority that was there is used again: ${shown(join(folder, fileNames.authority))}`
    : `  Đã tạo chứng thư gốc · Authority made: ${shown(join(folder, fileNames.authority))}`)
  say(`  Đã tạo chứng thư máy chủ · Server certificate made: ${shown(paths.cert)}`)
  say(`    ${names.join(', ')}`)
  say(`    đến · until ${formatDate(expiryOf(server))}`)
  say()
  say('  Khởi động với · Start with:')
  say(`    TLS_CERT=${shown(paths.cert)} TLS_KEY=${shown(paths.key)} HOST=0.0.0.0 npm start`)
  say()
  say('  Rồi mở trên từng máy tính bảng · Then open on every tablet:')
  for (const name of names.filter(name => !/^(localhost|127\.|::1)/.test(name))) say(`    http://${name}:${plainPort}/certificate`)
  say()
  say(`  Giữ kín ${shown(join(folder, fileNames.authorityKey))}: ai có nó có thể giả máy chủ trước mọi máy đã cài.`)
  say('  Keep that file secret: whoever has it can pose as any server to every tablet that installed the authority.')
  say()
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  stopWith({ vi: `Không tạo được chứng thư trong ${folder}: ${reason}.`, en: `No certificate could be made in ${folder}: ${reason}.` })
}
