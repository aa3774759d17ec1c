import { expect, test } from 'vitest'
import {
  ANSWER_HEADERS,
  answerUnread,
  hasOwnHost,
  isReadable,
} from '#server/portal/serving/every-answer.ts'

test('[S67] an address is read when it is text without NUL', () => {
  for (const url of ['/', '/users', '/files/SU-1/read?to=%2Fsend', '/%C3%A9', '/audit?q=%ff']) {
    expect([url, isReadable(url)]).toEqual([url, true])
  }
  for (const url of ['/users/%ff', '/%', '/%c3%28', '/a%00b', '/audit?subject=%00', '']) {
    expect([url, isReadable(url)]).toEqual([url, false])
  }
})

test('a Host that a load balancer changed is told from the one that people open', () => {
  const origin = 'https://count-once.example.gov.uk'
  expect(hasOwnHost(origin, 'Count-Once.example.gov.uk')).toBe(true)
  expect(hasOwnHost(origin, undefined)).toBe(true)
  expect(hasOwnHost(origin, '10.0.0.7:3000')).toBe(false)
})

test.each([
  [undefined, 400],
  ['HPE_INVALID_URL', 400],
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])('[S68] a request that cannot be read (%s) is answered with every header', (code, status) => {
  const [head = '', body = ''] = answerUnread(code).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1[.]1 ${String(status)} `))
  for (const [name, value] of Object.entries(ANSWER_HEADERS))
    expect(head).toContain(`\r\n${name}: ${value}`)
  expect(head).toContain(`\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n`)
})
