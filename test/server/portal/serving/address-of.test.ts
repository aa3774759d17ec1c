import { expect, test } from 'vitest'
import { addressOf } from '#server/portal/serving/address-of.ts'

const socket = { remoteAddress: '192.0.2.7' }
const FORGED = '203.0.113.1, 203.0.113.2'

test('[S5] [S74] is the connection’s own where no load balancer is declared, whatever a header says', () => {
  for (const headers of [{}, { 'x-forwarded-for': FORGED }, { 'x-forwarded-for': [FORGED] }])
    expect(addressOf({ headers, socket }, { trustsProxy: false })).toBe('192.0.2.7')
})

test('[S5] [S74] is the last that a declared load balancer added, not one that a browser wrote before it', () => {
  const headers = { 'x-forwarded-for': `${FORGED}, 198.51.100.20` }
  expect(addressOf({ headers, socket }, { trustsProxy: true })).toBe('198.51.100.20')
  expect(addressOf({ headers: {}, socket }, { trustsProxy: true })).toBe('192.0.2.7')
  expect(addressOf({ headers: { 'x-forwarded-for': ' ' }, socket }, { trustsProxy: true })).toBe(
    '192.0.2.7',
  )
})

test('is a name of its own where the connection is gone already', () => {
  const gone = { headers: {}, socket: { remoteAddress: undefined } }
  expect(addressOf(gone, { trustsProxy: false })).toBe('unknown')
})
