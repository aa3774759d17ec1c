import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { relink } from '#server/linkage/links/relink.ts'
import { withinTime } from '../../../setup/within-time.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import { files, LIMITS } from '../small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

afterAll(() => open.close())

async function setLimits(own: number, carer: number): Promise<void> {
  await open.store.pool.query(
    'update programme set own_contact_limit = $1, carer_contact_limit = $2',
    [own, carer],
  )
}

describe('a relink', () => {
  test('under the slides’ policy counts as they say, and back under ours gives the first people again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(files(), { minLength: 4, maxLength: 7 }), async (sent) => {
        const programme = await SmallProgramme.begin(open.store)
        for (const file of sent) await programme.send(file)
        const { classes, parts, doubts, shared, evidence } = await programme.stored()
        await programme.relink('leap-2020')
        const slides = await programme.stored()
        expect(slides).toMatchObject(programme.inMemory('leap-2020'))
        expect(slides.shared).toEqual([])
        // A relink that names no policy keeps the one there is.
        expect(
          await relink(open.store.database, { dataset: 'production', actor: 'test' }),
        ).toMatchObject({
          policy: 'leap-2020',
          changed: 0,
        })
        await programme.relink('cautious')
        expect(await programme.stored()).toMatchObject({ classes, parts, doubts, shared, evidence })
        expect(await programme.relink()).toMatchObject({ changed: 0, whole: true })
      }),
      { numRuns: 5, plugins: [withinTime(500_000)] },
    )
  }, 600_000)

  test('and every change take the limits of contacts from the programme', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const mailbox = Array.from({ length: 3 }, (_, person) => ({
      client: `c${person}`,
      role: 'adult' as const,
      email: 'office',
    }))
    try {
      await setLimits(3, 12)
      await programme.sendRows('s1', '2024-Q1', mailbox)
      expect((await programme.stored()).known).toHaveLength(1)
      await programme.sendRows('s2', '2024-Q1', [{ ...mailbox[0], client: 'd' }])
      expect((await programme.stored()).known).toHaveLength(4)
      await setLimits(4, 12)
      await programme.relink()
      expect((await programme.stored()).known).toHaveLength(1)
      await setLimits(2, 12)
      await programme.relink()
      expect((await programme.stored()).known).toHaveLength(4)
    } finally {
      await setLimits(LIMITS.own, LIMITS.carer)
    }
  })

  test('puts right what records that somebody deleted by hand have left, and no way of the product leaves it', async () => {
    const programme = await SmallProgramme.begin(open.store)
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nhsNumber: 'n' }, { client: 'b' }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'c', nhsNumber: 'n' }])
    const lost = async (): Promise<number> => {
      const { rows } = await open.store.pool.query<{ lost: number }>(
        `select count(*)::int as lost from link l where not exists (select from record r where r.id = l.record_id)`,
      )
      return rows[0]?.lost ?? -1
    }
    await programme.withdraw('s2', '2024-Q1')
    expect(await lost()).toBe(0)
    await programme.sendRows('s2', '2024-Q1', [{ client: 'c', nhsNumber: 'n' }])
    const { id } = programme.record('c')
    await open.store.pool.query('delete from record where id = $1', [id])
    expect(await lost()).toBe(1)
    const arrives = (): Promise<unknown> =>
      programme.sendRows('s3', '2024-Q1', [{ client: 'd', nhsNumber: 'n' }])
    await expect(arrives()).rejects.toThrow('scope had')
    await programme.relink()
    expect(await lost()).toBe(0)
    await arrives()
    expect(await programme.referenceOf('a')).toBe(await programme.referenceOf('d'))
    expect(await programme.referenceOf('b')).not.toBe(await programme.referenceOf('d'))
  })

  test('is audited, with what it came to', async () => {
    const programme = await SmallProgramme.begin(open.store)
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a' }])
    await relink(open.store.database, { dataset: 'production', policy: 'leap-2020', actor: 'U-9' })
    const { rows } = await open.store.pool.query(
      `select actor, subject, detail from audit_event where event = 'linkage.recomputed' order by seq desc limit 1`,
    )
    expect(rows).toEqual([
      {
        actor: 'U-9',
        subject: 'production',
        detail: { policy: 'leap-2020', records: 1, changed: 0 },
      },
    ])
  })
})
