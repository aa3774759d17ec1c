import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { lookAtCertificates, readCertificates } from '#server/portal/screens/read-certificates.ts'
import { makeCertificate } from '../../setup/certificate.ts'
import { createTestDatabase } from '../../setup/database.ts'

const ENDS = new Date('2031-05-04T03:02:01Z')
const { key, certificate } = makeCertificate(ENDS)

test('the days of certificates are read where they are shown, and nobody is waited for who shows none', async () => {
  const database = await createTestDatabase()
  const pool = openPool(database.url, { max: 1 })
  const server = createServer({ key, cert: certificate }, (socket) => socket.end())
  onTestFinished(async () => {
    server.close()
    await pool.end()
    await database.drop()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const origin = `https://localhost:${String((server.address() as AddressInfo).port)}`
  const signOn = { credential: { kind: 'certificate', key, certificate } } as const
  const all = [
    { of: 'portal', endsAt: ENDS },
    // The database of tests is on this machine, without TLS.
    { of: 'sign-on', endsAt: ENDS },
  ]
  expect(await readCertificates({ origin, pool, signOn })).toEqual(all)
  const dead = { origin: 'https://localhost:1', pool, signOn: undefined }
  expect(await readCertificates(dead)).toEqual([])
  expect(await readCertificates({ ...dead, origin: 'http://127.0.0.1:1' })).toEqual([])

  const begun = Date.now()
  expect(await lookAtCertificates({ origin, pool, signOn }, begun)).toEqual(all)
  expect(await lookAtCertificates(dead, begun + 599_000)).toEqual(all)
  expect(await lookAtCertificates(dead, begun + 601_000)).toEqual([])
})
