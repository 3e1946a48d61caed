import { expect, test } from 'vitest'
import { troubleOf } from '../../../media/camera/looking.ts'
import { playlistOf } from '../../../media/camera/playlist.ts'
import { readCameraAddress } from '../../../server/bridge/camera-address.ts'
import { cameraHost, openNetworks } from '../../../server/bridge/camera-host.ts'
import { readConfig } from '../../../server/config.ts'

test('an address is taken apart: what is shown holds neither user nor password, what is used holds the address of the host', () => {
  const read = readCameraAddress(' rtsp://admin:p%40ss@cam.phong-hop.lan/Streaming/Channels/101?token=abc ')
  expect([read?.host, read?.shown]).toEqual(['cam.phong-hop.lan', 'cam.phong-hop.lan:554/Streaming/Channels/101'])
  expect(read?.at('10.0.0.7')).toBe('rtsp://admin:p%40ss@10.0.0.7:554/Streaming/Channels/101?token=abc')
  expect(readCameraAddress('rtsp://[fd00::1]:8554/live')?.at('fd00::1')).toBe('rtsp://[fd00::1]:8554/live')
  expect(readCameraAddress('rtsp://10.0.0.7/user=admin_password=bimat_channel=1.sdp')?.shown).toBe('10.0.0.7:554/user=admin_password=…_channel=1.sdp')
})

test('whatever stands in a password, ffmpeg reads one address and nothing else', () => {
  for (const password of ["it's", 'back\\slash', '"quoted"', 'hai từ', 'a\nfile b', "x'\noption safe 0\nfile 'passwd", 'p@ss', '[x]', '%27%0a']) {
    const read = readCameraAddress(`rtsp://admin:${password}@10.0.0.7/live`)
    if (!read) throw new Error(password)
    expect(read.at('10.0.0.7')).toMatch(/^rtsp:\/\/[\x21-\x7e]+$/)
    const lines = playlistOf(read.at('10.0.0.7')).split('\n')
    expect([lines.length, lines[1]?.split("'").length]).toEqual([5, 3])
    expect(lines[1]).toMatch(/@10\.0\.0\.7:554\/live'$/)
  }
  for (const address of ["rtsp://a'b@h/", 'rtsp://a\nb', 'rtsp://a\\b', 'file:///etc/passwd', 'rtsp://a b']) expect(() => playlistOf(address)).toThrow('no address')
})

test.each(['http://10.0.0.7/', 'rtsp://', 'rtsp:///live', '10.0.0.7', 'rtsp://a b/', 'rtsp://h%2f/x', '-i rtsp://10.0.0.7/', 'file:///etc/passwd', 'concat:rtsp://10.0.0.7', 'rtsp://admin:bi/mat@10.0.0.7/live', 'rtsp://admin:bi#mat@10.0.0.7/live', 'rtsp://admin:bi?mat@10.0.0.7/live'])('%s is no address of a camera', (text) => {
  expect(readCameraAddress(text)).toBeNull()
})

test('cameras are fetched from private networks, not from this machine, its neighbours on the link, nor the internet; the setting says otherwise', async () => {
  const isOpen = openNetworks(readConfig({}).cameraNetworks)
  expect(['10.1.2.3', '172.16.0.1', '172.31.255.1', '192.168.1.20', 'fd12::1', '::ffff:10.1.2.3'].every(isOpen)).toBe(true)
  expect(['127.0.0.1', '::1', '169.254.169.254', 'fe80::1', '172.32.0.1', '8.8.8.8', '0.0.0.0', '::ffff:127.0.0.1', 'localhost', ''].some(isOpen)).toBe(false)
  expect(openNetworks(readConfig({ CAMERA_NETWORKS: '203.0.113.5' }).cameraNetworks)('203.0.113.5')).toBe(true)
  await expect(cameraHost('localhost', isOpen)).rejects.toThrow('media.cameraNetwork')
  await expect(cameraHost('2130706433', isOpen)).rejects.toThrow('media.cameraNetwork')
  await expect(cameraHost('camera.invalid', isOpen)).rejects.toThrow('media.cameraHostUnknown')
  expect(await cameraHost('10.0.0.7', isOpen)).toBe('10.0.0.7')
})

test('why a camera cannot be seen is told from what ffmpeg says, of which nothing else is passed on', () => {
  const said = (text: string) => `${text}\n[concat @ 0x1] Impossible to open 'rtsp://admin:bimat@10.0.0.7/live'`
  expect(troubleOf(said('method DESCRIBE failed: 401 Unauthorized'))).toBe('media.cameraLogin')
  expect(troubleOf(said('method DESCRIBE failed: 404 Not Found'))).toBe('media.cameraNotFound')
  expect(troubleOf(said('Connection to tcp://10.0.0.7:554 failed: Connection refused'))).toBe('media.cameraUnreachable')
  expect(troubleOf(said('Invalid data found'))).toBe('media.cameraFailed')
})
