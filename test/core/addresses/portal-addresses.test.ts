import { expect, test } from 'vitest'
import { addresses, isSendersAddress, withQuery } from '#core/addresses/portal-addresses.ts'

test('writes a query of what is there, and none where nothing is', () => {
  expect(withQuery('/users', { done: 'disabled' })).toBe('/users?done=disabled')
  expect(withQuery('/audit', { before: '', actor: undefined })).toBe('/audit')
})

test('lets nothing that is put into a query end it', () => {
  const address = withQuery('/doubts', { kind: 'a&b=c#d', page: 2 })
  expect([...new URL(address, 'https://portal.example').searchParams]).toEqual([
    ['kind', 'a&b=c#d'],
    ['page', '2'],
  ])
})

test('says why a file was not taken, whatever the detail is called', () => {
  const place = { service: 'baby-steps', quarter: '2024-Q1' }
  const address = addresses.upload(place, 'file-too-large', { problem: 'other' })
  expect(address).toBe('/send/baby-steps/2024-Q1/upload?problem=file-too-large')
  expect(addresses.upload({ ...place, kind: 'outcomes' }, 'upload-cut')).toBe(
    '/send/baby-steps/2024-Q1/upload?kind=outcomes&problem=upload-cut',
  )
})

test('leads back to the pages of a file and to no other place', () => {
  const place = { service: 'baby-steps', quarter: '2024-Q1' }
  const own = [
    ...[addresses.history(place.service, place.quarter), addresses.step('SU-1', 'match')],
    addresses.upload({ ...place, kind: 'activities' }),
  ]
  expect(own.filter((address) => !isSendersAddress(address))).toEqual([])
  const others = ['/users', '//evil.example', '/files/../users', 'https://evil.example/send/a', '']
  expect(others.filter(isSendersAddress)).toEqual([])
})
