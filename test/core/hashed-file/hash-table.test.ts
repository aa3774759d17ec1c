import { createHash, createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import type { AreaLookup } from '#core/standard/area.ts'
import { HASHED_COLUMNS, hashedHeader } from '#core/hashed-file/hashed-columns.ts'
import type { Hashed } from '#core/hashed-file/hash-table.ts'
import { readManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { KEY, OLD_KEY, hash } from './hashing.ts'

const PERSON = [
  'client_ref',
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'nhs_number',
  'carer_email',
  'postcode',
  'contacts',
]
const AMARA = [
  'C-1',
  'Amara',
  'Okafor',
  '03/02/2021',
  'F',
  '4010232137',
  'n.okafor@mail.leap.test',
  'SW9 9SL',
  '3',
]
const BEN = ['C-2', 'Ben', "O'Neil", '14/09/1991', 'M', '', '', 'SW2 1AA', '0']

function made(hashed: Hashed): Extract<Hashed, { ok: true }> {
  if (!hashed.ok) throw new Error(hashed.code)
  return hashed
}

function manifestIn(hashed: Hashed): Manifest {
  return made(hashed).file.manifest
}

function cells(line: string | undefined): Record<string, string> {
  const values = (line ?? '').split(',')
  return Object.fromEntries(HASHED_COLUMNS.map(({ name }, index) => [name, values[index] ?? '']))
}

/** A source pseudonym, written out from the specification. */
function pseudonym(kind: string, ...components: readonly string[]): string {
  const message = ['countonce', '1', kind, ...components]
    .map((part) => `${Buffer.byteLength(part)}:${part},`)
    .join('')
  return createHmac('sha256', KEY).update(message).digest('hex')
}

it('writes a line a record, in the closed columns, with the pseudonyms of the specification', async () => {
  const areas: AreaLookup = {
    find: (postcode) =>
      postcode === 'SW99SL' ? { ward: 'E05000416', imdDecile: 10, inArea: 'yes' } : undefined,
  }
  const { output, lines } = await hash(PERSON, [AMARA, BEN], { areas })
  expect(
    output.text.startsWith(`${hashedHeader('people')}\n1,child,2021-02,F,E05000416,10,yes,`),
  ).toBe(true)
  expect(lines).toHaveLength(2)
  expect(cells(lines[0])).toMatchObject({
    source_row: '1',
    contacts: '3',
    last_contact_date: '',
    nhs_number_pseudonym: pseudonym('nhs-number', '4010232137'),
    child_pseudonym: pseudonym('child', 'n.okafor@mail.leap.test', '2021-02-03', 'F', 'AMA'),
    carer_email_pseudonym: pseudonym('email', 'n.okafor@mail.leap.test'),
    email_pseudonym: '',
    client_pseudonym: pseudonym('client', 'trust-a', 'slt', 'C-1'),
    pseudonym_version: '2',
  })
  expect(cells(lines[1])).toMatchObject({
    source_row: '2',
    role: 'adult',
    birth: '1991',
    ward: '',
    imd_decile: '',
    in_area: 'unknown',
    contacts: '0',
    child_pseudonym: '',
  })
})

it('keeps every cell within the grammar of its column', async () => {
  const { lines } = await hash(PERSON, [AMARA, BEN])
  for (const line of lines) {
    const values = line.split(',')
    expect(values).toHaveLength(36)
    for (const [index, { name, pattern }] of HASHED_COLUMNS.entries())
      expect(`${name} ${pattern.test(values[index] ?? '')}`).toBe(`${name} true`)
  }
})

it('signs a manifest that reads back, adds up and names the bytes of the file', async () => {
  const { hashed, output } = await hash(PERSON, [AMARA, BEN, AMARA.map(() => '')])
  const { file } = made(hashed)
  expect(readManifest(file.manifestBytes)).toEqual({ ok: true, manifest: file.manifest })
  expect(file.manifest).toMatchObject({
    provider: 'trust-a',
    service: 'slt',
    quarter: '2024-Q1',
    bridge_for: null,
    rows: { read: 3, accepted: 2, rejected: 0, blank: 1 },
    records: 2,
    family_ties: 0,
    csv_bytes: Buffer.byteLength(output.text),
    csv_sha256: createHash('sha256').update(output.text).digest('hex'),
  })
  expect(file.manifest.columns.child_pseudonym).toEqual({ made: 1, blank: { 'not-for-role': 1 } })
  const bytes = Buffer.from(file.manifestBytes)
  const framed = Buffer.concat([
    Buffer.from(`9:countonce,1:1,8:manifest,${bytes.length}:`),
    bytes,
    Buffer.from(','),
  ])
  const expected = createHmac('sha256', KEY).update(framed).digest('hex')
  expect(new TextDecoder().decode(file.hmacBytes)).toBe(`${expected}\n`)
})

it('gives the child and then the carer of a row of both, tied by their row', async () => {
  const fields = [...PERSON, 'carer_first_name', 'carer_last_name', 'ethnicity']
  const { hashed, lines } = await hash(
    fields,
    [
      [...AMARA, 'Ngozi', 'Okafor', 'N'],
      ['C-3', 'Cy', 'Lee', '01/01/2020', 'M', '', '', 'SW9 9SL', '1', '', ' ', ''],
    ],
    { shape: 'child-and-carer' },
  )
  expect(lines.map((line) => line.split(',').slice(0, 2).join(' '))).toEqual([
    '1 child',
    '1 parent',
    '2 child',
  ])
  expect(cells(lines[1])).toMatchObject({
    ethnicity: '',
    client_pseudonym: pseudonym('client', 'trust-a', 'slt', 'C-1#CARER'),
    email_pseudonym: cells(lines[0])['carer_email_pseudonym'],
  })
  expect(manifestIn(hashed)).toMatchObject({ records: 3, family_ties: 1 })
})

it('adds contacts up to one line a person, at the first of its rows', async () => {
  const { hashed, lines } = await hash(
    ['client_ref', 'first_name', 'contact_date', 'attended'],
    [
      ['K-1', 'Ada', '02/04/2024', 'yes'],
      ['K-2', 'Bo', '03/04/2024', 'no'],
      ['K-1', 'Ada', '09/05/2024', 'yes'],
    ],
    { shape: 'contacts' },
  )
  expect(lines.map((line) => cells(line))).toMatchObject([
    { source_row: '1', contacts: '2', last_contact_date: '2024-05-09' },
    { source_row: '2', contacts: '0', last_contact_date: '' },
  ])
  expect(manifestIn(hashed)).toMatchObject({ rows: { read: 3, accepted: 3 }, records: 2 })
  expect(readManifest(made(hashed).file.manifestBytes).ok).toBe(true)
})

const NO_REFERENCE = ['', ...BEN.slice(1)]

it('stops at a row to be fixed, or leaves it out and counts it', async () => {
  const { hashed, lines } = await hash(PERSON, [AMARA, NO_REFERENCE, BEN])
  expect(hashed).toMatchObject({ ok: false, code: 'must-fix', outcome: { rows: { rejected: 1 } } })
  expect(lines).toHaveLength(0)
  const without = await hash(PERSON, [AMARA, NO_REFERENCE, BEN], { leaveOut: true })
  expect(manifestIn(without.hashed).rows).toEqual({ read: 3, accepted: 2, rejected: 1, blank: 0 })
  expect(without.lines.map((line) => line.split(',')[0])).toEqual(['1', '3'])
})

it('leaves out rows that only the end of the file shows to disagree, by beginning the file again', async () => {
  const other = ['C-1', 'Zed', 'Smith', '01/05/2019', 'M', '', '', '', '1']
  const { hashed, lines, output } = await hash(PERSON, [AMARA, BEN, other], { leaveOut: true })
  expect(output.restarts).toBe(1)
  expect(lines.map((line) => line.split(',')[0])).toEqual(['2'])
  expect(manifestIn(hashed)).toMatchObject({
    rows: { read: 3, accepted: 1, rejected: 2 },
    records: 1,
    csv_bytes: output.text.length,
    csv_sha256: createHash('sha256').update(output.text).digest('hex'),
  })
})

it('stops at what is to be confirmed, until it is', async () => {
  const row = ['C-9', 'Boy', 'Smith', '01/05/2019', 'M', '', '', '', '1']
  const { hashed } = await hash(PERSON, [row], { confirm: false })
  expect(hashed).toMatchObject({ ok: false, code: 'to-confirm' })
  expect(manifestIn((await hash(PERSON, [row])).hashed).findings).toEqual({
    'first-please-confirm': 1,
  })
})

it('refuses a birth column written month first, whatever was agreed to', async () => {
  const row = ['C-9', 'Ida', 'Smith', '05/14/2019', 'M', '', '', '', '1']
  const { hashed } = await hash(PERSON, [row], { leaveOut: true })
  expect(hashed).toMatchObject({ ok: false, code: 'birth-month-first' })
  expect(hashed.outcome?.findings.map(({ code }) => code)).toContain('birth-month-first')
})

it('[S34] hashes nothing when a vector failed or none was run', async () => {
  for (const selfTest of [
    { passed: 399, failed: 1 },
    { passed: 0, failed: 0 },
  ]) {
    const { hashed, output } = await hash(PERSON, [AMARA], { selfTest })
    expect(hashed).toEqual({ ok: false, code: 'hasher-self-test' })
    expect(output.text).toBe('')
  }
})

it('hashes no feed of a source, whose involvements no hashed file holds', async () => {
  const columns = ['client_ref', 'first_name', 'date_of_birth', 'involvement']
  const row = ['C-1', 'Amara', '03/02/2021', 'Open']
  const { hashed, output } = await hash(columns, [row], { kind: 'school' })
  expect(hashed).toEqual({ ok: false, code: 'hasher-feed' })
  expect(output.text).toBe('')
})

it('makes the bridge file of the same rows in the same order under the old key', async () => {
  const { hashed, output, bridgeOutput } = await hash(PERSON, [AMARA, BEN], { bridge: true })
  const { file, bridge } = made(hashed)
  const facts = (text: string) => text.split('\n').map((line) => line.split(',').slice(0, 17))
  expect(facts(bridgeOutput.text)).toEqual(facts(output.text))
  expect(bridge?.manifest).toMatchObject({
    bridge_for: file.manifest.csv_sha256,
    records: 2,
    csv_sha256: createHash('sha256').update(bridgeOutput.text).digest('hex'),
  })
  expect(bridge?.manifest.source_key_check).not.toBe(file.manifest.source_key_check)
  const old = createHmac('sha256', OLD_KEY).update('9:countonce,1:1,10:nhs-number,10:4010232137,')
  expect(cells(bridgeOutput.text.split('\n')[1])['nhs_number_pseudonym']).toBe(old.digest('hex'))
})

it('tells how far it is, and stops when it is told to', async () => {
  const rows = Array.from({ length: 10 }, (_, index) => [`C-${index}`, ...BEN.slice(1)])
  const told: number[] = []
  await hash(PERSON, rows, { surroundings: { progress: (row) => told.push(row) } })
  expect(told).toEqual([3, 6, 9, 10])
  let asked = 0
  const { hashed } = await hash(PERSON, rows, { surroundings: { isCancelled: () => ++asked > 2 } })
  expect(hashed).toEqual({ ok: false, code: 'hasher-cancelled' })
})
