import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Grouping, GROUPINGS, type UniqueFigures } from '#core/reach/measure.ts'
import { linkSubmission } from '#server/linkage/processing/link-submission.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { withinTime } from '../../../setup/within-time.ts'
import type { Linkage } from '../linkage-oracle.ts'
import { emptyStore, keepFile } from '../programme-store.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import {
  fileOf,
  files,
  QUARTERS,
  type SaidFile,
  type SaidRecord,
  SERVICES,
} from '../small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

afterAll(() => open.close())

/**
 * What happens to one place, a service and quarter: its files one after the other; it may be empty
 * at the end.
 */
interface History {
  readonly files: readonly SaidFile[]
  readonly isWithdrawn: boolean
}

const places = SERVICES.flatMap((service) => QUARTERS.map((quarter) => ({ service, quarter })))

const histories = fc
  .record({
    at: fc.shuffledSubarray(places, { minLength: 3, maxLength: 5 }),
    drawn: fc.array(fc.tuple(fc.array(files(4), { minLength: 1, maxLength: 2 }), fc.boolean()), {
      minLength: 5,
      maxLength: 5,
    }),
    stays: fc.nat(4),
  })
  .map(({ at, drawn, stays }) =>
    at.map((place, index): History => {
      const [own, isWithdrawn] = drawn[index] ?? [[], true]
      return {
        files: own.map((file) => ({ ...file, ...place })),
        isWithdrawn: isWithdrawn && index !== stays,
      }
    }),
  )

/**
 * An order in which things happen: whose turn it is, by numbers. What happens to one place keeps
 * its order.
 */
const orders = fc.array(fc.nat(100), { minLength: 20, maxLength: 20 })

async function happen(
  programme: SmallProgramme,
  all: readonly History[],
  order: readonly number[],
): Promise<void> {
  const waiting = all.map(({ files: own, isWithdrawn }) => [
    ...own.map((file) => ({ file, leaves: false })),
    ...own.slice(-1).flatMap((file) => (isWithdrawn ? [{ file, leaves: true }] : [])),
  ])
  for (let turn = 0; waiting.some((own) => own.length > 0); turn++) {
    const able = waiting.filter((own) => own.length > 0)
    const next = able[(order[turn % order.length] ?? 0) % able.length]?.shift()
    if (next === undefined) continue
    const { service, quarter } = next.file
    if (next.leaves) await programme.withdraw(service, quarter)
    else {
      const drawn = order[turn % order.length] ?? 0
      const wholeShare = drawn % 2 === 0 ? Infinity : 0
      await programme.send(next.file, {
        wholeShare,
        chunkRecords: drawn % 3 === 0 ? 2 : 60_000,
        recentShare: drawn % 2 === 0 ? 1e6 : 0.125,
      })
    }
  }
}

/** A linkage in words that do not depend on the ids that records happened to get. */
function inPlaces({ files: standing }: SmallProgramme, linkage: Linkage): unknown {
  const placeOf = new Map(
    standing.flatMap(({ service, quarter, records }) =>
      records.map(({ id, sourceRow, role }, index) => [
        id,
        `${service} ${quarter} ${sourceRow} ${role} ${index}`,
      ]),
    ),
  )
  const place = (id: number): string => placeOf.get(id) ?? 'nowhere'
  const classes = (['beneficiary', 'upper', 'lower', 'family', 'nhs'] as const).map((kind) => {
    const members = new Map<number | null, string[]>()
    for (const own of linkage.classes) {
      members.set(own[kind], [...(members.get(own[kind]) ?? []), place(own.record)])
    }
    const named = [...members].map(([name, own]) => [name === null, ...own.sort()].join('; '))
    return [kind, ...named.sort()]
  })
  const doubts = linkage.doubts.map((line) => {
    const [kind, code, rule, ...sides] = line.split(' ')
    const told = sides.map((side) =>
      side
        .split(',')
        .map((id) => place(Number(id)))
        .sort()
        .join(),
    )
    return [kind, code, rule, ...told.sort()].join(' | ')
  })
  return { classes, doubts: doubts.sort(), shared: linkage.shared }
}

const FIGURES = ['people', 'children', 'adults', 'families', 'lower', 'upper'] as const

async function countPeople(): Promise<number> {
  const period = { from: QUARTERS[0], to: QUARTERS[0] }
  return (await measureReach(open.store.pool, { dataset: 'production', ...period }, [])).unique
    .people
}

describe('[S48] the same files, sent, replaced and withdrawn', () => {
  test('give the same people, families, doubts and figures in every order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, orders, orders, async (all, one, other) => {
        await emptyStore(open.store.pool)
        // Two datasets of one store, so that both stand beside each other.
        const left = new SmallProgramme(open.store, 'production')
        const right = new SmallProgramme(open.store, 'staging')
        await happen(left, all, one)
        await happen(right, all, other)
        expect(inPlaces(right, await right.stored())).toEqual(inPlaces(left, await left.stored()))
        for (const grouping of [
          [],
          ['service'],
          ['ward', 'role'],
          ['quarter', 'strand'],
        ] as const) {
          const period = { from: QUARTERS[0], to: QUARTERS[2] }
          expect(
            await measureReach(open.store.pool, { dataset: 'staging', ...period }, grouping),
          ).toEqual(
            await measureReach(open.store.pool, { dataset: 'production', ...period }, grouping),
          )
        }
      }),
      { numRuns: 5, plugins: [withinTime(500_000)] },
    )
  }, 600_000)

  test('[S49] give figures between the largest cell and the sum of the cells, and a year that only grows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(files(), { minLength: 4, maxLength: 8 }),
        fc.constantFrom<Grouping[]>(...GROUPINGS),
        async (sent, grouping) => {
          const programme = await SmallProgramme.begin(open.store)
          for (const file of sent) await programme.send(file)
          const measure = (to: (typeof QUARTERS)[number]) =>
            measureReach(open.store.pool, { dataset: 'production', from: QUARTERS[0], to }, [
              grouping,
            ])
          const years = [
            await measure(QUARTERS[0]),
            await measure(QUARTERS[1]),
            await measure(QUARTERS[2]),
          ]
          let before: UniqueFigures | undefined
          for (const { unique, cells } of years) {
            for (const figure of FIGURES) {
              const values = cells.map((cell) => cell[figure])
              expect(unique[figure]).toBeGreaterThanOrEqual(Math.max(0, ...values))
              expect(unique[figure]).toBeLessThanOrEqual(
                values.reduce((sum, value) => sum + value, 0),
              )
              expect(unique[figure]).toBeGreaterThanOrEqual(before?.[figure] ?? 0)
            }
            expect(unique.lower).toBeLessThanOrEqual(unique.people)
            expect(unique.people).toBeLessThanOrEqual(unique.upper)
            before = unique
          }
        },
      ),
      { numRuns: 5, plugins: [withinTime(500_000)] },
    )
  }, 600_000)

  test('give what a contact brings together again once those who shared it are withdrawn', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const carrier = (client: number): Partial<SaidRecord> => ({
      role: 'adult',
      ward: 'w1',
      email: 'email 1',
      client: `client ${String(client)}`,
    })
    await programme.send(fileOf('s1', QUARTERS[0], [carrier(1)]))
    await programme.send(fileOf('s2', QUARTERS[0], [carrier(2)]))
    expect(await countPeople()).toBe(1)
    const others = [3, 4, 5, 6].map(carrier)
    await programme.send(fileOf('s3', QUARTERS[0], others))
    const shared = await countPeople()
    await programme.withdraw('s3', QUARTERS[0])
    expect([shared, await countPeople()]).toEqual([6, 1])
  })

  test('give each their own again once the file that joined them is replaced', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const adult = (client: string, known: Partial<SaidRecord>): readonly Partial<SaidRecord>[] => [
      { role: 'adult', ward: 'w1', client, ...known },
    ]
    await programme.send(fileOf('s1', QUARTERS[0], adult('client 1', { nhsNumber: 'nhs 1' })))
    await programme.send(fileOf('s2', QUARTERS[0], adult('client 2', { email: 'email 1' })))
    const link = async (
      records: readonly Partial<SaidRecord>[],
      replaced: string | null,
    ): Promise<string> => {
      const { submission: id } = await programme.reading((client) =>
        keepFile(client, 'production', fileOf('s3', QUARTERS[0], records)),
      )
      const { pool } = open.store
      await pool.query('update submission set replaces_id = $2 where id = $1', [id, replaced])
      const submission = (await readSubmission(pool, id)) ?? expect.fail('none')
      expect((await linkSubmission(open.store, submission, 'test')).ok).toBe(true)
      return id
    }
    const both = adult('client 3', { nhsNumber: 'nhs 1', email: 'email 1' })
    const first = await link(both, null)
    const joined = await countPeople()
    await link(adult('client 4', {}), first)
    expect([joined, await countPeople()]).toEqual([1, 3])
  })

  test('leave no trace but their history once withdrawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(files(4), { minLength: 2, maxLength: 4 }),
        files(4),
        async (sent, guest) => {
          const programme = await SmallProgramme.begin(open.store)
          const place = { service: 's1', quarter: '2024-Q1' } as const
          for (const file of sent) {
            if (file.service !== place.service || file.quarter !== place.quarter) {
              await programme.send(file)
            }
          }
          const before = await everyTable(programme)
          const kept = await programme.reading((client) =>
            keepFile(client, 'production', { ...guest, ...place }),
          )
          const submission =
            (await readSubmission(open.store.pool, kept.submission)) ?? expect.fail('none')
          const linked = await linkSubmission(open.store, submission, 'test')
          expect(linked.ok).toBe(true)
          expect(await everyTable(programme)).not.toEqual(before)
          expect(await withdrawSubmission(open.store, kept.reference, 'test')).toMatchObject({
            ok: true,
          })
          expect(await everyTable(programme)).toEqual(before)
        },
      ),
      { numRuns: 5, plugins: [withinTime(500_000)] },
    )
  }, 600_000)
})

/** What is history: who sent what and when, and which references there were. */
const HISTORY = [
  ...['submission', 'audit_event', 'audit_head', 'beneficiary', 'beneficiary_alias'],
  ...['_prisma_migrations', 'linkage_state'],
]

/** Read with the table that it is the second of. */
const SECOND = ['recent_evidence']

/**
 * What of a row is no history: who is one person, whatever number they have, and a doubt, whenever it was
 * written down.
 */
const AS_SEEN: Readonly<Record<string, string>> = {
  link: `to_jsonb(t) || jsonb_build_object('beneficiary_id', min(t.record_id) over (partition by t.dataset, t.beneficiary_id))`,
  doubt: `to_jsonb(t) - 'id'`,
}

/** Every row of every table but those of history; a beneficiary as the least record it has. */
async function everyTable(programme: SmallProgramme): Promise<unknown> {
  return programme.reading(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and c.relname <> all ($1::text[]) order by 1`,
      [[...HISTORY, ...SECOND]],
    )
    const contents: Record<string, readonly string[]> = {}
    for (const { name } of tables) {
      const row = AS_SEEN[name] ?? 'to_jsonb(t)'
      // Which of its two tables evidence lies in says when it was moved, and nothing of who was
      // there.
      const all = name === 'evidence' ? '(table evidence union all table recent_evidence)' : name
      const { rows } = await client.query<{ line: string }>(
        `select (${row})::text as line from ${all} t order by 1`,
      )
      contents[name] = rows.map(({ line }) => line)
    }
    expect(contents['link']?.length).toBe(contents['record']?.length)
    return contents
  })
}
