/** What a setting may be. */
import { isIP } from 'node:net'
import { leastSecret } from '../shared/media/limits.ts'
import type { Said } from './config.ts'

/** Why a value is wrong, as the end of a sentence, or null. */
export type Check = (value: string) => Said | null

export const list = (value: string) => value.split(',').map(part => part.trim()).filter(Boolean)

export function wholeNumber(from: number, to: number): Check {
  return value => /^\d{1,9}$/.test(value) && Number(value) >= from && Number(value) <= to
    ? null
    : { vi: `phải là số nguyên từ ${from} đến ${to}`, en: `it must be a whole number from ${from} to ${to}` }
}

export function optional(check: Check): Check {
  return value => (value === '' ? null : check(value))
}

export function oneOf(...words: string[]): Check {
  const all = words.join(', ')
  return value => (words.includes(value) ? null : { vi: `phải là một trong: ${all}`, en: `it must be one of: ${all}` })
}

export function path(value: string): Said | null {
  return value.includes('\0') ? { vi: 'đường dẫn không được chứa ký tự rỗng', en: 'a path cannot hold a zero character' } : null
}

export function hostName(value: string): Said | null {
  const name = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/
  const almostAddress = /^[\d.]+$/.test(value) && isIP(value) === 0
  if (isIP(value) !== 0 || (name.test(value) && !almostAddress)) return null
  return { vi: 'phải là địa chỉ IP hoặc tên máy, không kèm http:// hay số cổng', en: 'it must be an IP address or a host name, without http:// or a port' }
}

export function mongodbUrl(value: string): Said | null {
  if (value === '' || /^mongodb(\+srv)?:\/\/[^/\s]+/.test(value)) return null
  return { vi: 'phải bắt đầu bằng mongodb:// hoặc mongodb+srv:// và nêu tên máy chủ', en: 'it must begin with mongodb:// or mongodb+srv:// and name a server' }
}

export function webUrl(value: string): Said | null {
  if (value === '' || (/^https?:\/\//.test(value) && URL.canParse(value))) return null
  return { vi: 'phải là một địa chỉ http:// hoặc https://', en: 'it must be an http:// or https:// address' }
}

export function turnUrls(value: string): Said | null {
  const wrong = list(value).find((url) => !/^turns?:[A-Za-z0-9.-]+(:\d{1,5})?(\?transport=(udp|tcp))?$/.test(url))
  if (wrong === undefined) return null
  return { vi: `“${wrong}” không phải địa chỉ turn: hoặc turns:`, en: `“${wrong}” is no turn: or turns: address` }
}

export function origins(value: string): Said | null {
  const wrong = list(value).find(origin => !/^https?:/.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin)
  if (wrong === undefined) return null
  return {
    vi: `“${wrong}” không phải địa chỉ dạng https://hop.tinh.gov.vn (không có đường dẫn, không có dấu / ở cuối)`,
    en: `“${wrong}” is not an origin such as https://hop.tinh.gov.vn (no path, no slash at the end)`,
  }
}

export function addresses(value: string): Said | null {
  const wrong = list(value).find(part => {
    const [address = '', bits] = part.split('/')
    const family = isIP(address)
    return family === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  })
  return wrong === undefined ? null : { vi: `“${wrong}” không phải địa chỉ IP hoặc dải địa chỉ`, en: `“${wrong}” is not an IP address or range` }
}

/** `name=host:port`, separated by commas. */
export function nodes(value: string): Said | null {
  const wrong = list(value).find(part => nodeOf(part) === null)
  if (wrong !== undefined) return { vi: `“${wrong}” không có dạng tên=máy:cổng`, en: `“${wrong}” is not name=host:port` }
  const names = list(value).map(part => nodeOf(part)?.name)
  return new Set(names).size === names.length ? null : { vi: 'mỗi tên chỉ được đặt một lần', en: 'each name stands once' }
}

export function nodeOf(part: string): { name: string; host: string; port: number } | null {
  const [, name = '', host = '', port = ''] = /^([A-Za-z0-9-]{1,40})=\[?([A-Za-z0-9.:-]+?)\]?:(\d{1,5})$/.exec(part) ?? []
  return name && !hostName(host) && Number(port) >= 1 && Number(port) <= 65_535 ? { name, host, port: Number(port) } : null
}

/** `site=node`, separated by commas; a site's short name may hold anything but these two characters. */
export function nodeSites(value: string): Said | null {
  const wrong = list(value).find(part => !/^[^=]{1,100}=[A-Za-z0-9-]{1,40}$/.test(part))
  return wrong === undefined ? null : { vi: `“${wrong}” không có dạng điểm cầu=tên`, en: `“${wrong}” is not site=name` }
}

export function longSecret(value: string): Said | null {
  return value === '' || value.length >= leastSecret ? null : { vi: `phải có ít nhất ${leastSecret} ký tự`, en: `it must have at least ${leastSecret} characters` }
}

/** `lowest-highest`. */
export function portRange(value: string): Said | null {
  const { min, max } = portsOf(value)
  return /^\d{1,5}-\d{1,5}$/.test(value) && min >= 1 && min <= max && max <= 65_535 ? null : { vi: 'phải có dạng cổng thấp nhất-cổng cao nhất', en: 'it must be lowest port-highest port' }
}

export function portsOf(value: string): { min: number; max: number } {
  const [min = 0, max = 0] = value.split('-').map(Number)
  return { min, max }
}
