import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TABLE_DIGESTS } from '#core/pseudonym/generated/table-digests.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { selfTest } from '#core/pseudonym/self-test.ts'
import { publishedVectors } from './published-vectors.ts'

it('[S34] gives every published vector to the byte', () => {
  expect(publishedVectors.vectors).toHaveLength(480)
  expect(selfTest(publishedVectors)).toEqual({ passed: 480, failed: 0, failures: [] })
})

it('names the vector that does not come out as published', () => {
  const [changed] = publishedVectors.vectors
  const vectors = publishedVectors.vectors.map((vector) =>
    vector === changed ? { ...vector, p2: '00'.repeat(16), value: '', code: 'x' } : vector,
  )
  const result = selfTest({ ...publishedVectors, vectors }, createHmacEngine())
  expect(result).toEqual({ passed: 479, failed: 1, failures: [changed?.id] })
})

it('counts what stands beside the vectors among the failures', () => {
  const result = selfTest({
    ...publishedVectors,
    k1_check: '0000000000000000',
    manifest_hmac: { bytes: '{}', hmac: publishedVectors.manifest_hmac.hmac },
    keys_refused: ['3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca'],
    date_columns: [{ values: ['13/01/2019'], order: 'month-first' }],
  })
  expect(result.passed).toBe(480)
  expect(result.failures).toEqual([
    'key_check',
    'manifest_hmac',
    'keys_refused 0',
    'date_columns 0',
  ])
})

it('agrees with another HMAC about the published messages', () => {
  const key = Buffer.from(publishedVectors.source_key, 'hex')
  for (const vector of publishedVectors.vectors) {
    if (!('message' in vector)) continue
    const digest = createHmac('sha256', key)
      .update(Buffer.from(vector.message, 'hex'))
      .digest('hex')
    expect(digest).toBe(vector.source)
  }
})

it('carries the digests of the tables and vectors it was made from', () => {
  const digest = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(new URL(path, import.meta.url)))
      .digest('hex')
  expect(TABLE_DIGESTS).toEqual({
    fold: digest('../../../lib/core/pseudonym/tables/fold-v1.csv'),
    names: digest('../../../lib/core/pseudonym/tables/names-v1.csv'),
    vectors: digest('../../vectors/vectors-v2.json'),
  })
})
