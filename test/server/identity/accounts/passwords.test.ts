import { parseOptions } from '@node-rs/argon2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { argonPasswords, passwordProblem } from '#server/identity/accounts/passwords.ts'

const CONTEXT = [
  'Northern Early Years',
  'north',
  'Riverside',
  'Sam Marlowe',
  'sam.marlowe@example.org',
]

describe('a stored password', () => {
  test('[S7] is argon2id of at least 19 MiB and two passes', async () => {
    const hashed = await argonPasswords().hash('walnut trombone ferry lichen')
    expect(hashed).toMatch(/^\$argon2id\$/)
    const { memoryCost, timeCost, parallelism } = parseOptions(hashed)
    expect(memoryCost).toBeGreaterThanOrEqual(19_456)
    expect(timeCost).toBeGreaterThanOrEqual(2)
    expect(parallelism).toBeGreaterThanOrEqual(1)
  })

  test('[S7] counts to its last character, however long it is', async () => {
    const passwords = argonPasswords()
    const long = 'ferry lichen '.repeat(60)
    const hashed = await passwords.hash(`${long}a`)
    expect(await passwords.verify(hashed, `${long}a`)).toBe(true)
    expect(await passwords.verify(hashed, `${long}b`)).toBe(false)
    expect(await passwords.verify(hashed, long)).toBe(false)
  })

  test('is the same from a keyboard that composes letters otherwise', async () => {
    const passwords = argonPasswords()
    const hashed = await passwords.hash('cafe\u0301 trombone ferry')
    expect(await passwords.verify(hashed, 'caf\u00e9 trombone ferry')).toBe(true)
  })

  test('that is absent is never right', async () => {
    expect(await argonPasswords().verify(null, 'nobody has this password')).toBe(false)
  })
})

describe('a new password', () => {
  test.each(['short', 'elevenchars', 'ééééééééééé'])('[S7] %j is too short', async (password) => {
    expect(await passwordProblem(password, CONTEXT)).toBe('password-short')
  })

  test.each([
    'password1234',
    'Password2026!!',
    'P@ssw0rdP@ssw0rd',
    'qwertyuiop12345',
    '1234567890123456',
    'aaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    'Welcome2024Welcome',
    'NorthernEarlyYears2024',
    'north-riverside-north',
    'sammarlowe2026!',
    'countonce-portal-1',
    'RiversideRiverside1',
    // Of the list, alone or two together, spelled and filled out as people do.
    'counterstrike',
    'UnBelievable!',
    '5upern4tural2',
    'chickenwing101',
    'qazwsxedcrfv',
    'pigeonorchid',
    'Trombone-Walnut-77',
    'horse.battery',
  ])('[S7] %j is too easy to guess', async (password) => {
    expect(await passwordProblem(password, CONTEXT)).toBe('password-common')
  })

  test.each([
    'walnut trombone ferry lichen',
    'correct horse battery staple',
    'jf83ka0qmz7r',
    '840271639517',
    'ÅngströmŁódźKöln',
    '木漏れ日の中で静かに読書する人',
    'lichen'.repeat(20),
    'all lower case and nothing else at all',
    'orchid ladle pigeon',
    'horse battery 1qm84x0v',
    '5820917364 walnut',
  ])('[S7] %j is taken: nothing is asked of its composition', async (password) => {
    expect(await passwordProblem(password, CONTEXT)).toBeUndefined()
  })

  test('[S7] of random letters is always taken, at any length of 16 and more', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'b c d f g j k m p q t v w x z'.split(' ')),
      minLength: 24,
      maxLength: 200,
    })
    return fc.assert(
      fc.asyncProperty(letters, async (password) => {
        fc.pre(new Set(password).size >= 12)
        expect(await passwordProblem(password, [])).toBeUndefined()
      }),
    )
  })

  test('never makes the check throw', () => {
    return fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2_000 }), async (password) => {
        expect(['password-short', 'password-long', 'password-common', undefined]).toContain(
          await passwordProblem(password, CONTEXT),
        )
      }),
    )
  })
})
