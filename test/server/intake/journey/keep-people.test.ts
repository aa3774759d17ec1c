import { expect, test } from 'vitest'
import { wordDigests } from '#core/remembered/word-digests.ts'
import { serviceMemoryKey } from '#server/keys/memory-key.ts'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { keepPeople, takeBackPeople } from '#server/intake/journey/keep-people.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import {
  readServiceMapping,
  rememberForService,
} from '#server/intake/held-files/service-mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { ACORN, BRIDGE, csvOf, match, mustUpload, settingOfFile, range } from './journey-setting.ts'

const setting = settingOfFile()

const CODE = 'rows-no-person'

/** A file that ends with two references and nobody in them. */
async function checked(from: number, quarter: string): Promise<Journey> {
  const people = new TextDecoder().decode(csvOf(range(from, from + 19)))
  const width = (people.split('\r\n')[0] ?? '').split(',').length
  const empty = [1, 2].map((n) => `C-${String(from + 19 + n)}${','.repeat(width - 1)}`)
  const bytes = new TextEncoder().encode(`${people}${empty.join('\r\n')}\r\n`)
  const { reference } = await mustUpload(setting, bytes, { quarter })
  await match(setting, reference)
  return setting.work(reference)
}

async function keep(
  journey: Journey,
  rows: string,
  actor = ACORN,
  code = CODE,
): ReturnType<typeof keepPeople> {
  return keepPeople(setting.storeOf(actor), actor, journey, { code, rows })
}

async function foundRows({ reference }: Journey): Promise<number> {
  const check = await readCheck(setting.storeOf(ACORN), ACORN, reference)
  if (!check.ok) throw new Error(check.code)
  const findings = check.groups.flatMap((group) => group.findings)
  return findings.find(({ code }) => code === CODE)?.rows ?? 0
}

test('rows that are people are kept, one by one or all, the file checked again, and it is taken back', async () => {
  const before = await checked(1, '2024-Q1')
  expect(before.rows).toMatchObject({ read: 22, accepted: 20, leftOut: 2 })
  expect(await keep(before, '22')).toMatchObject({ ok: true })
  const one = await setting.work(before.reference)
  expect(one.reading.people).toEqual({ rows: [{ row: 22 }] })
  expect(one.rows).toMatchObject({ read: 22, leftOut: 1 })
  expect(await foundRows(one)).toBe(1)
  expect(await keep(one, '')).toMatchObject({ ok: true })
  const all = await setting.work(before.reference)
  expect(all.rows).toMatchObject({ read: 22, leftOut: 0 })
  expect(await takeBackPeople(setting.storeOf(ACORN), ACORN, all)).toMatchObject({ ok: true })
  const back = await setting.work(before.reference)
  expect(back.reading.people).toBeUndefined()
  expect(back.rows).toEqual(before.rows)
})

test('rows of several kinds that are no people are confirmed with one answer, every kind or none', async () => {
  const people = new TextDecoder().decode(csvOf(range(301, 320)))
  const commas = ','.repeat((people.split('\r\n')[0] ?? '').split(',').length - 2)
  const ends = [`C-1321,${commas}`, `Total,20${commas}`].join('\r\n')
  const bytes = new TextEncoder().encode(`${people}${ends}\r\n`)
  const { reference } = await mustUpload(setting, bytes, { quarter: '2024-Q4' })
  await match(setting, reference)
  const journey = await setting.work(reference)
  expect(journey.rows).toMatchObject({ read: 22, accepted: 20, leftOut: 2 })
  const store = setting.storeOf(ACORN)
  const given = { field: '', reason: 'looked-and-right' }
  for (const code of [[], [CODE, 'rows-titles'], [CODE, 'ref-missing'], ['']])
    expect(await confirmFinding(store, ACORN, journey, { ...given, code })).toMatchObject({
      code: 'not-found',
    })
  const said = async (): Promise<unknown[]> => {
    const check = await readCheck(store, ACORN, reference)
    const findings = check.ok ? check.groups.flatMap((group) => group.findings) : []
    return findings.flatMap(({ code, severity, rows, reason }) =>
      severity === 'confirm' ? [[code, rows, reason]] : [],
    )
  }
  expect(await said()).toEqual([
    [CODE, 1, null],
    ['rows-total', 1, null],
  ])
  const code = ['rows-total', CODE]
  expect(await confirmFinding(store, ACORN, journey, { ...given, code })).toMatchObject({
    ok: true,
  })
  expect(await said()).toEqual([
    [CODE, 1, 'looked-and-right'],
    ['rows-total', 1, 'looked-and-right'],
  ])
})

test('row numbers that are none, or of other rows, change nothing', async () => {
  const journey = await checked(101, '2024-Q2')
  for (const rows of ['all', '0', '-1', '22-21', '1-9999999'])
    expect(await keep(journey, rows)).toEqual({ ok: false, code: 'rows-not-understood' })
  for (const rows of ['2', '22, 24', '900000'])
    expect(await keep(journey, rows)).toEqual({ ok: false, code: 'rows-not-of-finding' })
  for (const code of ['ref-missing', 'rows-total', '__proto__'])
    expect(await keep(journey, '', ACORN, code)).toEqual({ ok: false, code: 'not-found' })
  expect(await setting.work(journey.reference)).toMatchObject({
    state: 'checked',
    version: journey.version,
  })
})

test('a stale page and another provider keep nothing', async () => {
  const journey = await checked(201, '2024-Q3')
  expect(await keep({ ...journey, version: journey.version - 1 }, '')).toMatchObject({
    code: 'form-stale',
  })
  expect(await keep(journey, '', BRIDGE)).toEqual({ ok: false, code: 'not-found' })
  const twice = await Promise.all([keep(journey, ''), keep(journey, '22')])
  expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true])
})

test('what was said of the rows of one file is not remembered for the next', async () => {
  const { database, secrets } = setting.owner
  const TOYS = { service: 'toy-library', kind: 'people' } as const
  const mapping = { columns: { client_ref: 'Client ID' }, people: { rows: [{ row: 22 }] } }
  await withTransaction(database, (client) =>
    rememberForService(client, { secrets }, TOYS, { mapping, header: ['Client ID'] }),
  )
  const digest = wordDigests(serviceMemoryKey(secrets.memory, 'toy-library')).heading('Client ID')
  expect(await readServiceMapping(database, TOYS)).toEqual({
    mapping: { columns: { client_ref: digest } },
    header: [digest],
  })
})
