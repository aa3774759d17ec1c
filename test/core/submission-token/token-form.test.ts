import { expect, test } from 'vitest'
import { isTokenForm, writeToken } from '#core/submission-token/token-form.ts'

test('a token is told by its prefix and its check characters', () => {
  const token = writeToken(new Uint8Array(32).fill(7))
  expect(token).toMatch(/^cos_[0-9a-z]{58}$/)
  expect(isTokenForm(token)).toBe(true)
  expect(writeToken(new Uint8Array(32).fill(8))).not.toBe(token)
})

test('what is cut, mistyped or something else is no token', () => {
  const token = writeToken(Uint8Array.from({ length: 32 }, (_, index) => index * 7))
  for (let at = 4; at < token.length; at += 1) {
    const other = token[at] === 'z' ? 'y' : 'z'
    expect(isTokenForm(token.slice(0, at) + other + token.slice(at + 1))).toBe(false)
  }
  for (const text of ['', 'cos_', token.slice(0, -1), ` ${token}`, `${token}\n`, token.slice(4)]) {
    expect(isTokenForm(text)).toBe(false)
  }
})

test('every byte counts', () => {
  const zero = new Uint8Array(32)
  const last = Uint8Array.from(zero)
  last[31] = 1
  expect(writeToken(last)).not.toBe(writeToken(zero))
})
