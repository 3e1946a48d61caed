import { expect, test } from 'vitest'
import { iceServersFor } from '../../../server/bridge/turn.ts'

const turn = { urls: ['turn:turn.tinh.gov.vn:3478', 'turns:turn.tinh.gov.vn:443?transport=tcp'], secret: 'north' }

test('a peer is given the relay for half a day, by what coturn itself would compute', () => {
  // echo -n 1795043200:room-main | openssl dgst -sha1 -hmac north -binary | base64
  expect(iceServersFor(turn, 'room-main', 1_795_000_000_000)).toEqual([{ urls: turn.urls, username: '1795043200:room-main', credential: 'zcDipi0cS3Qe4p95UZmXyBeZYHU=' }])
})

test('without a relay there is none', () => {
  expect(iceServersFor(null, 'room-main', 0)).toEqual([])
})
