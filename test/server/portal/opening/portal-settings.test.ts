import { describe, expect, test } from 'vitest'
import { isOwnOrigin, readPortalSettings } from '#server/portal/opening/portal-settings.ts'

const ENV = {
  COUNTONCE_ORIGIN: 'https://portal.example',
  DATABASE_URL: 'postgresql://db.example/countonce',
  EXACT_DATABASE_URL: 'postgresql://exact@db.example/countonce',
  AUDIT_DATABASE_URL: 'postgresql://audit@db.example/countonce',
  READER_DATABASE_URL: 'postgresql://reader@db.example/countonce',
}

describe('the settings', () => {
  test.each([
    ['', 'COUNTONCE_ORIGIN'],
    ['http://portal.example', 'COUNTONCE_ORIGIN'],
    ['http://127.0.0.1.evil.example', 'COUNTONCE_ORIGIN'],
    ['https://portal.example/path', 'COUNTONCE_ORIGIN'],
    ['portal.example', 'COUNTONCE_ORIGIN'],
    ['javascript:alert(1)', 'COUNTONCE_ORIGIN'],
  ])('[S67] with the origin %j stop the start', (origin, setting) => {
    expect(() => readPortalSettings({ ...ENV, COUNTONCE_ORIGIN: origin })).toThrow(
      `portal-refused setting=${setting}`,
    )
  })

  test('[S67] without a database, or in debug mode, stop the start', () => {
    for (const setting of Object.keys(ENV).filter((name) => name.endsWith('DATABASE_URL'))) {
      const refused = `portal-refused setting=${setting}`
      expect(() => readPortalSettings({ ...ENV, [setting]: '' })).toThrow(refused)
    }
    expect(() => readPortalSettings({ ...ENV, NEXTAUTH_DEBUG: '1' })).toThrow('NEXTAUTH_DEBUG')
  })

  test.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
    'take %s for a demonstration',
    (origin) => {
      expect(readPortalSettings({ ...ENV, COUNTONCE_ORIGIN: origin })).toMatchObject({
        origin,
        loopback: true,
      })
    },
  )
})

describe('a request that changes something', () => {
  const live = readPortalSettings(ENV)
  const demonstration = readPortalSettings({ ...ENV, COUNTONCE_ORIGIN: 'http://127.0.0.1:3000' })

  test.each([
    null,
    undefined,
    '',
    'null',
    'https://evil.example',
    'http://portal.example',
    'https://portal.example:8443',
    'https://portal.example.evil.example',
    'http://localhost',
  ])('[S70] from %j is refused', (origin) => {
    expect(isOwnOrigin(live, origin)).toBe(false)
  })

  test('comes from the configured origin, and on loopback from any name of this machine at the same port', () => {
    expect(isOwnOrigin(live, 'https://portal.example')).toBe(true)
    expect(isOwnOrigin(demonstration, 'http://localhost:3000')).toBe(true)
    expect(isOwnOrigin(demonstration, 'http://[::1]:3000')).toBe(true)
    expect(isOwnOrigin(demonstration, 'http://localhost:3001')).toBe(false)
    expect(isOwnOrigin(demonstration, 'https://localhost:3000')).toBe(false)
  })
})
