import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import {
  pickRecords,
  readRightsRequest,
  type FoundRow,
} from '#server/linkage/rights/handle-requests.ts'
import {
  COUNTED_BEYOND,
  countedWithWords,
  LINKAGE_LOGIC,
  USED_FOR,
} from '#core/messages/rights/held-words.ts'
import type { RightsKind } from '#core/messages/rights/rights-words.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import {
  child,
  children,
  csv,
  mother,
  mothers,
  nhsNumber,
  type Row,
} from '../../intake/submissions/small-files.ts'
import { figures, holdings, take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  approveAct,
  carryThrough,
  contextOf,
  doAct,
  find,
  makeOfficers,
  OFFICER,
  openRequest,
  typedOf,
} from './rights-setting.ts'

/** Requests that are hard to answer rightly: twins, families, and people who are not there. */

let programme: TestProgramme
let store: OwnProgrammeStore

/** Twins: one birth, home and mother; one of two begins as the other does. */
const TWIN = {
  ...child(5),
  client_ref: 'C-1905',
  first_name: 'Zuleika',
  nhs_number: nhsNumber(905),
}
const ALIKE = {
  ...child(6),
  client_ref: 'C-1906',
  first_name: 'Cerian',
  nhs_number: nhsNumber(906),
}
const TWINS = [child(5), TWIN, child(6), ALIKE]

beforeAll(async () => {
  // It begins as the other does, or the test shows nothing.
  expect(child(6).first_name?.[0]).toBe(ALIKE.first_name[0])
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await take(store, { bytes: csv([...TWINS, ...children(7, 12), ...mothers(4, 12)]) })
  await take(store, { bytes: csv([...TWINS, ...children(9, 14)]), service: 'toy-library' })
}, 120_000)

afterAll(() => programme.close())

async function foundFor(kind: RightsKind, typed: object): Promise<readonly FoundRow[]> {
  const request = await openRequest(store, kind)
  await find(store, request, typed)
  const view = await readRightsRequest(contextOf(store), OFFICER, request)
  if (!view.ok) throw new Error(view.code)
  return view.found
}

/** How many of these people are reached; each is in a file of their own of another quarter. */
async function sendNext(quarter: '2024-Q2' | '2024-Q3' | '2024-Q4', rows: readonly Row[]) {
  const sent = await take(store, {
    ...{ bytes: csv(rows), service: 'health-visiting', quarter },
    choices: { confirm: true },
  })
  return sent.file?.stopped
}

describe('[S63] a twin who is erased', () => {
  test('leaves the other where they are, in what is held and in what comes', async () => {
    const before = (await figures(store)).unique
    const typed = typedOf(child(5))
    const certain = (await foundFor('erasure', typed)).filter((row) => row.certainty === 'certain')
    expect(certain.map(({ service, place }) => [service, place])).toEqual([
      ['stay-and-play', '2'],
      ['toy-library', '2'],
    ])
    await carryThrough(store, 'erasure', typed)
    const after = (await figures(store)).unique
    expect(after.people).toBe(before.people - 1)
    expect(after.children).toBe(before.children - 1)
    expect(await sendNext('2024-Q2', [child(5), TWIN])).toBe(1)
    expect((await figures(store)).unique.people).toBe(after.people)
  })

  test('whose name begins alike is told apart by number and name, and is doubtful without them', async () => {
    const rows = await foundFor('access', typedOf(child(6)))
    const told = (certainty: string) =>
      rows
        .filter((row) => row.certainty === certainty)
        .map(({ service, place }) => [service, place])
    expect(told('certain')).toEqual([
      ['stay-and-play', '4'],
      ['toy-library', '4'],
    ])
    expect(told('doubtful')).toEqual([])
    // By initial, birth and home alone it may be either, and an officer has to say which.
    const { first_name: _, nhs_number: __, ...rest } = child(6)
    const either = await foundFor(
      'access',
      typedOf({ ...rest, first_name: 'Ceri', nhs_number: '' }),
    )
    expect(new Set(either.map(({ certainty }) => certainty))).toEqual(new Set(['doubtful']))
  })
})

describe('[S62] a child’s request that a parent makes who is in the family', () => {
  /** The parent's own contacts and name are typed beside the child's. */
  const typed = typedOf(child(9), {
    emails: mother(9).email ?? '',
    mobiles: mother(9).mobile ?? '',
    lastNames: [child(9).last_name, mother(9).last_name].join('\n'),
  })

  test('shows none of the parent’s own rows, and takes the child alone', async () => {
    const rows = await foundFor('access', typed)
    expect(rows.map(({ role }) => role)).toEqual(['child', 'child'])
    const before = (await figures(store)).unique
    await carryThrough(store, 'erasure', typed)
    const after = (await figures(store)).unique
    expect([after.people, after.children, after.adults]).toEqual([
      before.people - 1,
      before.children - 1,
      before.adults,
    ])
    // Nor is the parent kept out by contacts that both are known by, or a brother by the home.
    const brother = { ...child(9), client_ref: 'C-1909', first_name: 'Quillon' }
    const row = { ...brother, nhs_number: nhsNumber(909), date_of_birth: '2023-02-17' }
    expect(await sendNext('2024-Q3', [child(9), mother(9), row])).toBe(1)
  })

  test('nor does a parent’s own request take the child', async () => {
    const before = (await figures(store)).unique
    await carryThrough(store, 'erasure', typedOf(mother(10)))
    const after = (await figures(store)).unique
    expect([after.children, after.adults]).toEqual([before.children, before.adults - 1])
    expect(await sendNext('2024-Q4', [child(10), mother(10)])).toBe(1)
    expect((await holdings(store)).strays).toBe(0)
  })
})

test('[S62] who is counted as one person with more rows than their letter shows is told why', async () => {
  const request = await openRequest(store, 'access')
  await find(store, request, typedOf(child(11)))
  const picked = { reference: request, numbers: [1] }
  expect((await pickRecords(contextOf(store), OFFICER, picked)).ok).toBe(true)
  expect(await doAct(store, await approveAct(store, request))).toBe('done')
  const letter = await writeAccessLetter(store, OFFICER, request, new Date())
  if (!letter.ok) throw new Error(letter.code)
  expect(letter.records).toMatchObject([{ countedWith: { records: 2, notShown: 1 } }])
  expect(letter.logic).toEqual([...LINKAGE_LOGIC, USED_FOR.reach, COUNTED_BEYOND])
  expect(letter.records.map(({ countedWith }) => countedWithWords(countedWith))).toEqual([
    '2 rows, of 2 services. 1 of them is not in this letter: see “How records are put together”',
  ])
})

describe('[S40] somebody who is not there', () => {
  const absent = { ...child(70), nhs_number: nhsNumber(970) }

  test('is answered as somebody is of whom there are doubtful rows alone', async () => {
    const letterFor = async (typed: object) => {
      const request = await openRequest(store, 'access')
      const { certain } = await find(store, request, typed)
      expect(certain).toBe(0)
      expect(await doAct(store, await approveAct(store, request))).toBe('done')
      const letter = await writeAccessLetter(store, OFFICER, request, new Date(0))
      return letter.ok ? { ...letter, reference: '' } : expect.fail(letter.code)
    }
    // Another number and home of one who is there: nobody can say that it is they.
    const doubtful = { ...child(11), nhs_number: nhsNumber(971), postcode: 'SE11 6DA' }
    expect(await foundFor('access', typedOf(doubtful))).not.toEqual([])
    expect(await letterFor(typedOf(doubtful))).toEqual(await letterFor(typedOf(absent)))
  })

  test('and asks to be erased changes nothing that a provider sees, and is kept out as one is who was there', async () => {
    const seen = async () => {
      const { rows } = await store.pool.query<Record<string, unknown>>(
        `select reference, state, records, stopped, (select count(*)::int from provider_question) as asked from submission order by id`,
      )
      return rows
    }
    const before = await seen()
    await carryThrough(store, 'erasure', typedOf(absent))
    expect(await seen()).toEqual(before)
    await carryThrough(store, 'erasure', typedOf(child(12)))
    const stopped = async (row: Row): Promise<number | undefined> => {
      const sent = await take(store, {
        ...{ bytes: csv([row, child(30), child(31)]), service: 'health-visiting' },
        choices: { confirm: true, replace: true },
      })
      return sent.file?.stopped
    }
    // Who asks about a target by sending them hears one thing, whether anybody ever held them or not.
    expect(await stopped(absent)).toBe(1)
    expect(await stopped(child(12))).toBe(1)
  })
})

test('[S62] a row that is held no more once the letter is made is told of, and not passed over', async () => {
  const request = await openRequest(store, 'access')
  expect(await find(store, request, typedOf(child(13)))).toMatchObject({ certain: 1 })
  expect(await doAct(store, await approveAct(store, request))).toBe('done')
  const { rows } = await store.pool.query<{ reference: string }>(
    `select reference from submission where service_code = 'toy-library' and state = 'linked'`,
  )
  expect((await withdrawSubmission(store, rows[0]?.reference ?? '', 'operator')).ok).toBe(true)
  const letter = await writeAccessLetter(store, OFFICER, request, new Date())
  expect(letter).toMatchObject({ ok: true, records: [], gone: 1 })
})
