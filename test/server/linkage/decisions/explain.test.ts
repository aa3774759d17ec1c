import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PSEUDONYM_COLUMNS, pseudonymName, type PseudonymField } from '#core/pseudonym/kinds.ts'
import type { Decision, RuleName } from '#core/linkage/part.ts'
import {
  explainBeneficiary,
  type Explained,
  type Explanation,
} from '#server/linkage/decisions/explain-beneficiary.ts'
import { correctionsOf, makeReference } from '#core/linkage/references.ts'
import { changeLinks } from '#server/linkage/links/change-links.ts'
import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import { withinTime } from '../../../setup/within-time.ts'
import {
  decidedClients,
  insertDecision,
  sideOf,
  type StandingRecord,
  uuidOf,
} from '../programme-store.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import { files } from '../small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

afterAll(() => open.close())

function tried(reference: string): Promise<Explained> {
  return explainBeneficiary(open.store, { reference, dataset: 'production', actor: 'U-1' })
}

async function explain(reference: string): Promise<Explanation | undefined> {
  const explained = await tried(reference)
  return explained.ok ? explained.explanation : undefined
}

/**
 * What two records must share for each rule to be the true reason; `hasRelative` is whether anybody
 * is tied to their person at all.
 */
type Reason = (a: StandingRecord, b: StandingRecord, hasRelative?: boolean) => boolean

const share =
  (field: PseudonymField): Reason =>
  (a, b) =>
    a[field] !== null && a[field] === b[field]

/** One record carries as its own what the other has as an alternate. */
const meet =
  (field: PseudonymField): Reason =>
  (a, b) =>
    (a[field] !== null && a[field] === b.nameBirth) ||
    (b[field] !== null && b[field] === a.nameBirth)

const shareContact: Reason = (a, b) =>
  (['email', 'mobile', 'carerEmail', 'carerMobile'] as const).some((field) => share(field)(a, b))

const shareWard: Reason = (a, b) => a.ward !== '' && a.ward === b.ward

const REASONS: Readonly<Record<RuleName, Reason>> = {
  bridge: () => false,
  decided: () => true,
  nhs: share('nhsNumber'),
  client: share('client'),
  child: (a, b) => share('child')(a, b) || share('childMobile')(a, b),
  person: share('givenBirthPostcode'),
  'name-and-support': (a, b, hasRelative = false) =>
    (share('nameBirth')(a, b) && (shareContact(a, b) || shareWard(a, b) || hasRelative)) ||
    (share('namePostcode')(a, b) && shareContact(a, b)),
  'birth-postcode-and-contact': (a, b) => share('birthPostcode')(a, b) && shareContact(a, b),
  'name-and-home': (a, b, hasRelative = false) =>
    (share('namePostcode')(a, b) || share('birthPostcode')(a, b)) && hasRelative,
  'birth-swapped': (a, b) =>
    meet('nameBirthSwapped')(a, b) &&
    (shareContact(a, b) || shareWard(a, b) || share('client')(a, b)),
  'name-otherwise': (a, b) =>
    meet('nameBirthReversed')(a, b) ||
    meet('nameBirthSurnameFirst')(a, b) ||
    meet('nameBirthSurnameLast')(a, b),
  sound: (a, b, hasRelative = false) =>
    share('soundBirth')(a, b) && (shareContact(a, b) || shareWard(a, b) || hasRelative),
  name: share('nameBirth'),
  'sound-alone': share('soundBirth'),
  email: share('email'),
  mobile: share('mobile'),
}

/** Whether two records are of one row, or carry one email, whoever's it is. */
const areTied: Reason = (a, b) =>
  (a.submission === b.submission && a.sourceRow === b.sourceRow) ||
  [a.email, a.carerEmail].some((own) => own !== null && [b.email, b.carerEmail].includes(own))

const key = ({ submission, row, role }: Pick<RecordPlace, 'submission' | 'row' | 'role'>): string =>
  `${submission} ${row} ${role}`

/** Checks one explanation against the records themselves. */
function expectTrue(
  explanation: Explanation,
  programme: SmallProgramme,
  shared: ReadonlySet<string>,
): void {
  const records = new Map(
    programme.records.map((record) => [key(programme.placeOf(record)), record]),
  )
  const recordAt = (place: RecordPlace): StandingRecord =>
    records.get(key(place)) ?? expect.fail('it tells of a record that does not stand')
  const group = new Map(explanation.records.map((place) => [key(place), key(place)]))
  const end = (place: string): string => {
    const up = group.get(place) ?? expect.fail('it joins a record of somebody else')
    return up === place ? place : end(up)
  }
  const own = explanation.records.map(recordAt)
  const hasRelative = programme.records.some(
    (other) => !own.includes(other) && own.some((record) => areTied(record, other)),
  )
  for (const { left, right, rule, agreed } of explanation.joins) {
    const [a, b] = [recordAt(left), recordAt(right)]
    expect(REASONS[rule as RuleName](a, b, hasRelative), rule).toBe(true)
    for (const name of agreed) {
      const { field, alternateOf } =
        PSEUDONYM_COLUMNS.find((one) => pseudonymName(one) === name) ?? expect.fail(name)
      expect((alternateOf === undefined ? share : meet)(field)(a, b)).toBe(true)
      // A shared contact is no evidence, so it is no reason either.
      expect(shared.has(a[field] ?? '')).toBe(false)
    }
    expect(end(key(left))).not.toBe(end(key(right)))
    group.set(end(key(left)), end(key(right)))
  }
  // A chain that holds all of them together, with no link too many.
  expect(new Set([...group.keys()].map(end)).size).toBe(1)
  for (const { others } of explanation.refused) {
    expect(others.length).toBeGreaterThan(0)
    for (const place of others) expect(group.has(key(place))).toBe(false)
  }
}

const SECRET = /[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-f]{16}/

describe('an explanation', () => {
  test('tells a true reason for every join, holds all records of the person together, and no pseudonym', async () => {
    const rulesSeen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(files(), { minLength: 3, maxLength: 6 }),
        fc.tuple(fc.nat(99), fc.nat(99)),
        async (sent, [left, right]) => {
          const programme = await SmallProgramme.begin(open.store)
          for (const file of sent) await programme.send(file)
          const of = programme.records
          const [a, b] = [of[left % of.length], of[right % of.length]].map(
            (record) => record && sideOf(record),
          )
          if (a !== undefined && b !== undefined) {
            const decision: Decision = { kind: 'same', left: a, right: b, order: 0 }
            await programme.reading(async (client) => {
              await insertDecision(client, 'production', decision)
              const change = { dataset: 'production', arriving: [], leaving: [] } as const
              await changeLinks(client, { ...change, decidedClients: decidedClients(decision) })
            })
          }
          const { known, references, doubts } = await programme.stored()
          const sharedNow = new Set(await sharedNames(programme))
          let told = 0
          let refused = 0
          for (const reference of known) {
            const explanation = (await explain(reference)) ?? expect.fail('nothing was told')
            expectTrue(explanation, programme, sharedNow)
            expect(JSON.stringify(explanation)).not.toMatch(SECRET)
            for (const { rule } of explanation.joins) rulesSeen.add(rule)
            told += explanation.records.length
            refused += explanation.refused.length
          }
          expect(told).toBe(references.size)
          expect(refused > 0).toBe(doubts.length > 0)
        },
      ),
      { numRuns: 6, plugins: [withinTime(500_000)] },
    )
    expect(rulesSeen.size).toBeGreaterThan(2)
  }, 600_000)

  test('is nothing for a reference that nobody has or that is mistyped, and a look is audited', async () => {
    const programme = await SmallProgramme.begin(open.store)
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nhsNumber: 'n' }])
    const reference = await programme.referenceOf('a')
    const wrong = reference.endsWith('2')
      ? `${reference.slice(0, -1)}3`
      : `${reference.slice(0, -1)}2`
    const mistyped = { ok: false, code: 'reference-mistyped' }
    expect(await tried(wrong)).toEqual({ ...mistyped, detail: { meant: reference } })
    expect(await tried(`';--`)).toEqual({ ...mistyped, detail: {} })
    // Well formed, and of another programme, say.
    const other = makeReference(new Uint8Array([1, 9, 7, 3, 2, 8, 4, 6]))
    expect(await tried(other)).toEqual({ ok: false, code: 'reference-unknown' })
    expect(await tried(other.slice(0, -1))).toEqual({ ...mistyped, detail: {} })
    expect(await explain(reference.toLowerCase())).toMatchObject({
      reference,
      joins: [],
      refused: [],
    })
    const { rows } = await open.store.pool.query(
      `select actor, subject from audit_event where event = 'beneficiary.explained' order by seq desc limit 1`,
    )
    expect(rows).toEqual([{ actor: 'U-1', subject: reference }])
  })

  test('names what was meant where one reference alone can have been, of whoever has it now', async () => {
    const programme = await SmallProgramme.begin(open.store)
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nhsNumber: 'n' }, { client: 'b' }])
    const rename = async (from: string, to: string): Promise<void> => {
      await open.store.pool.query(`update beneficiary set reference = $2 where reference = $1`, [
        from,
        to,
      ])
    }
    // Two references that one and the same typed text is one slip away from.
    const [first, second] = correctionsOf('CO-AAAA-AAAA-A')
    await rename(await programme.referenceOf('a'), first ?? '')
    expect(await tried('co aaaa aaaa a')).toMatchObject({ detail: { meant: first } })
    await rename(await programme.referenceOf('b'), second ?? '')
    expect(await tried('CO-AAAA-AAAA-A')).toMatchObject({ code: 'reference-mistyped', detail: {} })
    // What was merged still resolves, so it is meant too.
    await programme.sendRows('s2', '2024-Q1', [{ client: 'c', nhsNumber: 'n' }])
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'a', nhsNumber: 'n' },
      { client: 'b', nhsNumber: 'n' },
    ])
    const now = await programme.referenceOf('b')
    const slip = [first, second].find((reference) => reference !== now)?.replace('-', '-8') ?? ''
    const again = await tried(slip)
    const meant = again.ok ? '' : String(again.detail?.['meant'])
    expect([first, second]).toContain(meant)
    expect((await explain(meant))?.reference).toBe(now)
  })

  test('tells the family by roles and services, with what ties it and the references of the others', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const carer = { role: 'parent', email: 'e', nameBirth: 'Mary' } as const
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'mum', ...carer },
      { client: 'ana', carerEmail: 'e', nameBirth: 'Ana' },
      { client: 'other', nameBirth: 'Zoe' },
      { client: 'dad', role: 'parent', nameBirth: 'Tom' },
    ])
    await programme.sendRows('s2', '2024-Q1', [
      { client: 'ben', carerEmail: 'e', nameBirth: 'Ben' },
      { client: 'mother', ...carer },
    ])
    const of = async (client: string): Promise<Explanation['family']> => {
      const explanation = await explain(await programme.referenceOf(client))
      return explanation?.family ?? expect.fail('nothing was told')
    }
    const { members, bonds, isFamily } = await of('ben')
    expect(isFamily).toBe(true)
    expect(bonds).toEqual([{ by: 'email', people: [0, 1, 2] }])
    expect(
      members
        .map(({ reference, ...told }) => ({ ...told, reference }))
        .sort((a, b) => (a.services.join() < b.services.join() ? -1 : 1)),
    ).toEqual([
      {
        ...{ isChild: true, isGrown: false, isSelf: false, services: ['s1'] },
        reference: await programme.referenceOf('ana'),
      },
      {
        ...{ isChild: false, isGrown: true, isSelf: false, services: ['s1', 's2'] },
        reference: await programme.referenceOf('mum'),
      },
      {
        ...{ isChild: true, isGrown: false, isSelf: true, services: ['s2'] },
        reference: await programme.referenceOf('ben'),
      },
    ])
    expect(await of('other')).toMatchObject({ isFamily: true, bonds: [], members: [{}] })
    expect(await of('dad')).toMatchObject({ isFamily: false, bonds: [], members: [{}] })
  })

  test('is of one linkage state, even while links change', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const one = { client: 'a', nhsNumber: 'n' } as const
    await programme.sendRows('s1', '2024-Q1', [one])
    const reference = await programme.referenceOf('a')
    const changes = { go: true }
    const changing = (async () => {
      for (let turn = 0; turn < 5; turn++) {
        await programme.sendRows('s2', '2024-Q1', [
          { ...one, client: 'b' },
          { client: 'c', ...BOTH },
        ])
        await programme.sendRows('s1', '2024-Q1', [{ ...one, ...BOTH }])
        await programme.withdraw('s2', '2024-Q1')
        await programme.sendRows('s1', '2024-Q1', [one])
      }
      changes.go = false
    })()
    let looks = 0
    while (changes.go) {
      const explanation = (await explain(reference)) ?? expect.fail('nothing was told')
      expect(explanation.joins).toHaveLength(explanation.records.length - 1)
      looks++
    }
    await changing
    expect(looks).toBeGreaterThan(4)
  })
})

const BOTH = { nameBirth: 'Ann', ward: 'w' } as const

/** The names of the contacts that are shared in the store. */
async function sharedNames(programme: SmallProgramme): Promise<string[]> {
  const shared = new Set((await programme.stored()).shared)
  return programme.records
    .flatMap(({ email, mobile, carerEmail, carerMobile }) => [
      email,
      mobile,
      carerEmail,
      carerMobile,
    ])
    .filter((name) => name !== null)
    .filter((name) => shared.has(uuidOf(name)))
}
