import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8 } from 'fflate'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Mapping } from '#core/mapping/mapping.ts'
import { inspectAsProposed } from '#server/intake/held-files/try-file.ts'
import { findLinked } from '#server/intake/submissions/read-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { ACTOR, figures, send, take } from './small-programme.ts'

/** Files kept in other shapes than a row for each person, from what is suggested to the figures. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
})

afterAll(() => programme.close())

beforeEach(async () => {
  const place = { dataset: 'production', service: 'stay-and-play', quarter: '2024-Q3' } as const
  const standing = await findLinked(store.pool, place)
  if (standing !== undefined) await withdrawSubmission(store, standing.reference, ACTOR)
})

/** What the command line prints of a file, with every proposal taken as it is likeliest. */
async function suggested(bytes: Uint8Array): Promise<Mapping> {
  const path = join(store.dataDir, 'looked-at')
  await writeFile(path, bytes)
  const file = { path, name: 'looked-at', quarter: '2024-Q3', service: undefined } as const
  const read = await inspectAsProposed(store, file)
  if (!read.ok) throw new Error(read.code)
  return read.opened.mapping
}

const sample = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../files/${name}`, import.meta.url)))

const SECOND_CHILD = sample('24-second-child-columns.csv')
const SENT = { service: 'stay-and-play', quarter: '2024-Q3' } as const

test('rows of several children stop a file until somebody says what they are', async () => {
  const sent = await send(store, { ...SENT, bytes: SECOND_CHILD })
  expect(sent).toMatchObject({ ok: false, code: 'to-confirm' })
  const findings = sent.ok ? [] : (sent.file?.findings ?? [])
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'shape-children-across', severity: 'confirm' }),
  )
})

test('every child is counted, and the carer of two once', async () => {
  const mapping = await suggested(SECOND_CHILD)
  const taken = await take(store, { ...SENT, bytes: SECOND_CHILD, choices: { mapping } })
  expect(taken.file?.rows).toMatchObject({ read: 5, accepted: 5, rejected: 0, blank: 0 })
  expect(taken.file?.familyTies).toBe(5)
  const { unique } = await figures(store)
  expect(unique).toMatchObject({ children: 5, adults: 3, families: 3 })
})

test('how a service’s rows were read is used again where it answers all that is proposed', async () => {
  const mapping = await suggested(SECOND_CHILD)
  await take(store, { ...SENT, bytes: SECOND_CHILD, choices: { mapping } })
  const next = strToU8(new TextDecoder().decode(SECOND_CHILD).replace('Obi', 'Obinna'))
  const taken = await take(store, {
    ...{ bytes: next, service: 'stay-and-play', quarter: '2024-Q4' },
    choices: { confirm: true },
  })
  expect(taken.file?.records).toBe(10)
  expect(taken.file?.mapping.preparation).toEqual(mapping.preparation)
})
