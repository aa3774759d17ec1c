import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tryRelink, type RelinkTrial } from '#server/linkage/relinking/try-relink.ts'
import { withinTime } from '../../../setup/within-time.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import { files } from '../small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

afterAll(() => open.close())

function tried(policy?: 'cautious' | 'leap-2020'): Promise<RelinkTrial> {
  return tryRelink(open.store.pool, { dataset: 'production', policy })
}

/** Everything that a trial must leave as it was. */
async function everything(programme: SmallProgramme): Promise<unknown> {
  const { rows } = await open.store.pool.query(
    `select (select count(*) from audit_event) as events, policy, version from linkage_state order by dataset`,
  )
  return { stored: await programme.stored(), rows }
}

/** The reference of each record's person. */
async function referencesOf(programme: SmallProgramme): Promise<ReadonlyMap<number, string>> {
  return (await programme.stored()).references
}

describe('a trial', () => {
  test('tells what deciding everything again then does, and changes nothing itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(files(), { minLength: 3, maxLength: 5 }), async (sent) => {
        const programme = await SmallProgramme.begin(open.store)
        for (const file of sent) await programme.send(file)
        const before = await everything(programme)
        const trial = await tried('leap-2020')
        expect(await everything(programme)).toEqual(before)
        expect(await tried()).toMatchObject({ changes: [], policy: 'cautious' })

        const old = await referencesOf(programme)
        await programme.relink('leap-2020')
        const now = await referencesOf(programme)
        expect(trial.records).toBe(now.size)
        expect(trial.peopleBefore).toBe(new Set(old.values()).size)
        expect(trial.peopleAfter).toBe(new Set(now.values()).size)
        // Who is together with whom, told by records alone.
        const groups = (
          of: ReadonlyMap<number, string>,
          by: ReadonlyMap<number, string>,
        ): string[] => {
          const met = new Map<string, Set<string>>()
          for (const [id, own] of of) {
            const other = by.get(id) ?? ''
            met.set(own, (met.get(own) ?? new Set()).add(other))
          }
          return [...met.values()]
            .filter((others) => others.size > 1)
            .map((others) => [...others].sort().join(' '))
            .sort()
        }
        const joins = trial.changes.filter(({ kind }) => kind === 'join')
        expect(joins.map(({ people }) => [...people].sort().join(' ')).sort()).toEqual(
          groups(now, old),
        )
        const parting = trial.changes.filter(({ kind }) => kind === 'part')
        expect(parting.map(({ into_people: into }) => into).sort()).toEqual(
          groups(old, now)
            .map((others) => others.split(' ').length)
            .sort(),
        )
        for (const { rules } of joins) expect(rules.length).toBeGreaterThan(0)
        const back = await tried('cautious')
        expect(back.peopleAfter).toBe(trial.peopleBefore)
      }),
      { numRuns: 4, plugins: [withinTime(500_000)] },
    )
  }, 600_000)

  test('names references, rules and services of who would join, and reach before and after', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const adult = { role: 'adult', contacts: 1 } as const
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', mobile: 'm', ...adult }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', mobile: 'm', ...adult }])
    const people = [await programme.referenceOf('a'), await programme.referenceOf('b')].sort()
    const { changes, reach } = await tried('leap-2020')
    expect(changes).toEqual([
      { kind: 'join', people, into_people: 1, rules: ['mobile'], services: ['s1', 's2'] },
    ])
    expect(reach).toEqual([
      { service: '', before: 2, after: 1 },
      { service: 's1', before: 1, after: 1 },
      { service: 's2', before: 1, after: 1 },
    ])
    await programme.relink('leap-2020')
    const reference = await programme.referenceOf('a')
    expect((await tried('cautious')).changes).toEqual([
      {
        kind: 'part',
        people: [reference],
        into_people: 2,
        rules: ['mobile'],
        services: ['s1', 's2'],
      },
    ])
  })
})
