import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Decision } from '#core/linkage/part.ts'
import { GROUPINGS } from '#core/reach/measure.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openKeys, rotatePlatformKey, type Keys } from '#server/keys/keys.ts'
import { changeLinks } from '#server/linkage/links/change-links.ts'
import { type DecidedPlace, takeDecision } from '#server/linkage/decisions/decide.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { rekeyRecords } from '#server/linkage/links/rekey-records.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { readProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { withinTime } from '../../../setup/within-time.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { child, children, csv, mothers } from '../../intake/submissions/small-files.ts'
import { figures, take } from '../../intake/submissions/small-programme.ts'
import { insertDecision, sideOf } from '../programme-store.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import { files, QUARTERS } from '../small-world.ts'
import { readStored, type StoredLinkage } from '../stored-linkage.ts'

/** Every pseudonym in the store, as lines with the place it stands in. */
async function pseudonyms(store: Pick<OwnProgrammeStore, 'pool'>): Promise<string[]> {
  const { rows } = await store.pool.query<{ value: string }>(
    `select pseudonym.value from record r
     cross join lateral jsonb_each_text(to_jsonb(r)) as pseudonym (name, value)
     where pseudonym.name like '%_pseudonym' and pseudonym.value is not null
     union all select value::text from evidence
     union all select value::text from recent_evidence
     union all select value::text from shared_contact
     union all select said.value::text from decision cross join lateral
       unnest(array[left_client, right_client, left_name_birth, right_name_birth, nhs_number]) as said (value)
       where said.value is not null`,
  )
  return rows.map(({ value }) => value).sort()
}

/** The same bytes for another quarter are to be confirmed. */
const choices = { confirm: true } as const

/** What no rotation may change. */
function unchanging({
  classes,
  doubts,
  parts,
  references,
  aliases,
  known,
  shared,
}: StoredLinkage): unknown {
  return { classes, doubts, parts, references, aliases, known, shared: shared.length }
}

const ADMINISTRATOR: Actor = {
  userId: 'U-1',
  role: 'administrator',
  providerCode: null,
  mayExact: true,
}

describe('[S37] rotating the platform key', () => {
  let programme: TestProgramme
  let store: OwnProgrammeStore

  beforeAll(async () => {
    programme = await openTestProgramme()
    store = programme.store
  })

  afterAll(() => programme.close())

  const stored = (): Promise<StoredLinkage> =>
    withTransaction(store.pool, (client) => readStored(client, 'production'))

  test('leaves every figure, and new files meet the people who were there', async () => {
    await take(store, { bytes: csv([...children(0, 12), ...mothers(0, 6)]) })
    // Ten of the twelve, as another service has them: one without her number, one under a new
    // surname.
    const elsewhere = children(2, 12).map((row, index) => ({
      ...row,
      client_ref: `H-${index}`,
      ...(index === 0 ? { nhs_number: '' } : {}),
      ...(index === 1 ? { last_name: 'Newname' } : {}),
    }))
    await take(store, { bytes: csv(elsewhere), service: 'health-visiting' })
    const { rows } = await store.pool.query<{ reference: string }>(
      `select reference from submission order by id`,
    )
    const [play, health] = rows.map(({ reference }) => reference)
    const at = (submission: string | undefined, row: number): DecidedPlace => ({
      submission: submission ?? '',
      row,
      role: 'child',
    })
    for (const decision of [
      { kind: 'different', reason: 'relatives', left: at(play, 5), right: at(health, 3) },
      { kind: 'nhs-wrong', reason: 'mistake-in-a-file', left: at(play, 8) },
    ] as const) {
      const taken = await takeDecision(store.pool, ADMINISTRATOR, {
        dataset: 'production',
        ...decision,
      })
      expect(taken).toMatchObject({ ok: true })
    }
    const [before, figuresBefore, pseudonymsBefore] = [
      await stored(),
      await figures(store),
      await pseudonyms(store),
    ]
    expect(figuresBefore.unique).toMatchObject({ people: 19, children: 13, upper: 19 })

    const old = store.keys
    const rotated = await rotatePlatformKey({ dataDir: store.dataDir })
    await expectBehind(await withKeys(rotated), old)

    // A rotation that breaks off at its last statement leaves all as it was.
    await expect(
      rekeyRecords(store.pool, rotated.platform, 'somebody@example.org'),
    ).rejects.toThrow('audit-refused')
    expect(await pseudonyms(store)).toEqual(pseudonymsBefore)

    expect(await rekeyRecords(store.pool, rotated.platform, 'U-1')).toEqual({
      records: 28,
      check: rotated.platform[1]?.check,
    })
    const pseudonymsAfter = await pseudonyms(store)
    expect(pseudonymsAfter).toHaveLength(pseudonymsBefore.length)
    const known = new Set(pseudonymsBefore)
    expect(pseudonymsAfter.filter((value) => known.has(value))).toEqual([])
    expect(unchanging(await stored())).toEqual(unchanging(before))
    expect(await figures(store)).toEqual(figuresBefore)

    // Called again it does nothing.
    expect((await rekeyRecords(store.pool, rotated.platform, 'U-1')).records).toBe(0)
    expect(await pseudonyms(store)).toEqual(pseudonymsAfter)

    // Whoever still works with the old keys is stopped before anything is kept.
    await expectBehind(store, old)
    store = await readProgrammeStore(store)
    await take(store, { bytes: csv(children(0, 12)), quarter: '2024-Q2', choices })
    await take(store, {
      bytes: csv(elsewhere),
      service: 'health-visiting',
      quarter: '2024-Q2',
      choices,
    })
    const after = await stored()
    expect(new Set(after.references.values())).toEqual(new Set(before.references.values()))
    expect((await figures(store)).unique).toEqual(figuresBefore.unique)
    const relinked = await withTransaction(store.pool, async (client) => {
      await changeLinks(client, { dataset: 'production', arriving: [], leaving: [], whole: true })
      return readStored(client, 'production')
    })
    expect(relinked).toEqual(after)
  })

  test('goes on through every key that a store has not reached, and not from a key that is not there', async () => {
    const before = await stored()
    await rotatePlatformKey({ dataDir: store.dataDir })
    const rotated = await rotatePlatformKey({ dataDir: store.dataDir })
    expect(rotated.platform).toHaveLength(4)
    const [first, , third, fourth] = rotated.platform
    if (first === undefined || third === undefined || fourth === undefined) expect.fail('no keys')
    await expect(rekeyRecords(store.pool, [first, third, fourth], 'U-1')).rejects.toThrow(
      'keys-behind',
    )
    expect((await rekeyRecords(store.pool, rotated.platform, 'U-1')).records).toBe(50)
    expect(unchanging(await stored())).toEqual(unchanging(before))
    store = await readProgrammeStore(store)
    const { links } = await take(store, { bytes: csv([child(3)]), quarter: '2024-Q4', choices })
    expect(links).toMatchObject({ whole: false })
    expect(new Set((await stored()).references.values())).toEqual(
      new Set(before.references.values()),
    )
  })

  async function withKeys(keys: Keys): Promise<OwnProgrammeStore> {
    return Promise.resolve({ ...store, keys })
  }

  /** A store with other keys than its pseudonyms are under takes no file. */
  async function expectBehind(behind: OwnProgrammeStore, own: Keys): Promise<void> {
    expect(
      (await openKeys({ dataDir: store.dataDir, live: false })).platform.length,
    ).toBeGreaterThan(own.platform.length)
    const { rows: before } = await store.pool.query('select count(*) from record')
    await expect(
      take(behind, { bytes: csv(children(20, 22)), service: 'toy-library' }),
    ).rejects.toThrow('keys-behind')
    const { rows: after } = await store.pool.query('select count(*) from record')
    expect(after).toEqual(before)
  }
})

describe('[S37] rotating always', () => {
  let open: OpenSmallStore

  beforeAll(async () => {
    open = await openSmallStore()
  })

  afterAll(() => open.close())

  test('changes neither people nor doubts nor contacts nor decisions, and a relink finds them again', async () => {
    const second = await rotatePlatformKey({ dataDir: open.store.dataDir })
    const [first] = open.store.keys.platform
    await fc.assert(
      fc.asyncProperty(
        fc.array(files(), { minLength: 3, maxLength: 6 }),
        fc.array(
          fc.tuple(fc.constantFrom('same', 'different', 'nhs-wrong'), fc.nat(99), fc.nat(99)),
          {
            maxLength: 4,
          },
        ),
        async (sent, drawn) => {
          const programme = await SmallProgramme.begin(open.store)
          await open.store.pool.query('update linkage_state set platform_key_check = $1', [
            first?.check,
          ])
          for (const file of sent) await programme.send(file)
          await programme.reading(async (client) => {
            for (const [kind, left, right] of drawn) {
              const decision = decisionAbout(programme, kind, left, right)
              if (decision !== undefined) await insertDecision(client, 'production', decision)
            }
          })
          await programme.relink()
          const before = await programme.stored()
          const period = { dataset: 'production', from: QUARTERS[0], to: QUARTERS[2] } as const
          const reach = await measureReach(open.store.pool, period, GROUPINGS)
          await rekeyRecords(open.store.pool, second.platform, 'U-1')
          const after = await programme.stored()
          expect(unchanging(after)).toEqual(unchanging(before))
          expect(await measureReach(open.store.pool, period, GROUPINGS)).toEqual(reach)
          await programme.relink()
          expect(await programme.stored()).toEqual(after)
        },
      ),
      { numRuns: 5, plugins: [withinTime(500_000)] },
    )
  }, 600_000)
})

function decisionAbout(
  { records }: SmallProgramme,
  kind: string,
  left: number,
  right: number,
): Decision | undefined {
  const [one, other] = [records[left % records.length], records[right % records.length]]
  const [a, b] = [one && sideOf(one), other && sideOf(other)]
  if (a === undefined || b === undefined) return undefined
  const nhsNumber = one?.nhsNumber ?? null
  if (kind === 'nhs-wrong') {
    return nhsNumber === null ? undefined : { kind, left: a, nhsNumber, order: 0 }
  }
  return { kind: kind === 'same' ? 'same' : 'different', left: a, right: b, order: 0 }
}
