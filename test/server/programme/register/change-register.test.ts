import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { withTransaction } from '#server/platform/db/pool.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { listSubmissions } from '#server/intake/submissions/list-submissions.ts'
import { listTasks, readHistory } from '#server/intake/journey/list-history.ts'
import { checkDestination } from '#server/intake/submissions/receive-submission.ts'
import { postcodeDigest } from '#server/programme/postcodes/area-lookup.ts'
import { importPostcodes } from '#server/programme/postcodes/import-postcodes.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import {
  addEntry,
  begunQuarters,
  changeableQuarters,
  changeEntry,
  readEntryHistory,
  type RegisterContext,
} from '#server/programme/register/change-register.ts'
import {
  exportRegister,
  importRegister,
  planImport,
} from '#server/programme/register/import-register.ts'
import { readProgramme, readServiceIn } from '#server/programme/register/read-programme.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { parseRegister } from '#server/programme/register/register.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { run } from '#server/platform/db/run.ts'
import { children, csv } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { keepRegister } from './keep-register.ts'
import { openScreenSetting, type ScreenSetting } from '../../portal/screens/screen-setting.ts'

/** The register as administrators change it, while files come in. */

let setting: ScreenSetting
let context: RegisterContext
let putBack: () => Promise<void>
beforeAll(async () => {
  setting = await openScreenSetting()
  putBack = await keepRegister(setting.owner)
  context = {
    ...{ database: setting.pool, programme: setting.store.programme },
    now: new Date('2025-02-10T10:00:00Z'),
  }
})
afterEach(() => putBack())
afterAll(() => setting.close())

const admin = () => setting.actors.administrator
const SERVICE = {
  reachedBy: 'contacts',
  acceptsClear: '',
  reminder: '',
  closedAfter: '',
  mergedInto: '',
}

/** Renames a service from a quarter on. */
const rename = () =>
  changeEntry(context, admin(), {
    ...({ kind: 'service', code: 'toy-library', version: 1 } as const),
    ...({ from: '2024-Q3', reason: 'renamed' } as const),
    facts: { ...SERVICE, name: 'Toy and Book Library' },
  })

const closeQuarter = () =>
  addEntry(context, admin(), {
    ...({ kind: 'quarter', code: '2024-Q2', from: '', reason: 'calendar' } as const),
    facts: { deadline: '2024-10-30', closed: 'yes' },
  })

/** Counts how often an event was told while something was done. */
async function told(event: string, act: () => Promise<unknown>): Promise<number> {
  const before = await setting.countEvents(event)
  await act()
  return (await setting.countEvents(event)) - before
}

test('a quarter begins with its first day in London, and none beyond the programme has begun', () => {
  const programme = { ...setting.store.programme, from: '2026-04-01', to: '2026-09-30' }
  const begun = (now: string): unknown => begunQuarters(programme, new Date(now))
  expect(begun('2026-06-30T22:59:59Z')).toEqual(['2026-Q1'])
  expect(begun('2026-06-30T23:00:00Z')).toEqual(['2026-Q1', '2026-Q2'])
  expect(begun('2034-01-01T00:00:00Z')).toEqual(['2026-Q1', '2026-Q2'])
  expect(begun('2026-03-31T22:59:59Z')).toEqual([])
})

describe('a change of the register', () => {
  test('is kept with its quarter, its reason and who made it, and is an entry of the audit trail', async () => {
    expect(
      await told('register.changed', async () => {
        expect(await rename()).toEqual({ ok: true })
      }),
    ).toBe(1)
    const read = await readEntryHistory(setting.pool, admin(), 'service', 'toy-library')
    if (!read.ok) throw new Error(read.code)
    expect(read.entry).toMatchObject({ version: 2, validFrom: '2024-Q3' })
    expect(
      read.versions.map(({ version, from, reason, by }) => [version, from, reason, by]),
    ).toEqual([
      [2, '2024-Q3', 'renamed', 'Sam administrator'],
      [1, null, 'new', 'Sam administrator'],
    ])
    const { rows } = await setting.owner.query<{ detail: unknown }>(
      `select detail from audit_event where event = 'register.changed' order by seq desc limit 1`,
    )
    expect(rows[0]?.detail).toMatchObject({ changed: 'name', from: '2024-Q3', reason: 'renamed' })
  })

  test('in the middle of a quarter holds for the whole of it, and no earlier quarter is renamed', async () => {
    await rename()
    const names = async (quarter: '2024-Q2' | '2024-Q3') =>
      (await readRegisterNames(setting.pool, quarter)).services.get('toy-library')
    expect(await names('2024-Q2')).toBe('Toy Library')
    expect(await names('2024-Q3')).toBe('Toy and Book Library')
    const filter = { service: 'toy-library', quarter: '', state: '', page: 1 } as const
    const listed = await listSubmissions(setting.pool, admin(), filter)
    expect(listed).toMatchObject({
      submissions: [{ quarter: '2024-Q1', serviceName: 'Toy Library' }],
    })
  })

  test('is seen by its provider with each quarter as it was called in it', async () => {
    await rename()
    const { provider } = setting.actors
    const store = { ...setting.store, database: forActor(setting.pool, provider) }
    const listed = await listTasks(store, provider, context.now)
    if (!listed.ok) throw new Error(listed.code)
    const library = listed.services.find(({ service }) => service === 'toy-library')
    expect(library?.name).toBe('Toy and Book Library')
    expect(library?.tasks.map(({ quarter, serviceName }) => [quarter, serviceName])).toEqual([
      ['2024-Q4', 'Toy and Book Library'],
      ['2024-Q3', 'Toy and Book Library'],
      ['2024-Q2', 'Toy Library'],
      ['2024-Q1', 'Toy Library'],
    ])
    const pages = async (quarter: string) => {
      const history = await readHistory(
        ...([store, provider, { service: 'toy-library', quarter }, context.now] as const),
      )
      return history.ok ? history.serviceName : history.code
    }
    expect([await pages('2024-Q2'), await pages('2024-Q3')]).toEqual([
      'Toy Library',
      'Toy and Book Library',
    ])
    const { rows } = await setting.owner.query<{ reference: string }>(
      `select reference from submission where service_code = 'toy-library'`,
    )
    const [own] = await run(store.database, 'journey/read-journey', [rows[0]?.reference ?? '', 30])
    expect(own).toMatchObject({ quarter: '2024-Q1', serviceName: 'Toy Library' })
  })

  test('of how people are counted leaves the quarters before it as they were', async () => {
    const all = { dataset: 'production', from: '2024-Q1', to: '2024-Q2' } as const
    const before = await measureReach(setting.owner, all, [])
    const done = await changeEntry(context, admin(), {
      ...({ kind: 'service', code: 'stay-and-play', version: 1 } as const),
      ...({ from: '2024-Q4', reason: 'counted-otherwise' } as const),
      facts: { ...SERVICE, name: 'Stay and Play', reachedBy: 'active-enrolment' },
    })
    expect(done).toEqual({ ok: true })
    const counted = async (quarter: string) =>
      (await readServiceIn(setting.owner, 'stay-and-play', quarter))?.reachedBy
    expect([await counted('2024-Q3'), await counted('2024-Q4')]).toEqual([
      'contacts',
      'active-enrolment',
    ])
    expect(await measureReach(setting.owner, all, [])).toEqual(before)
  })

  test('by two administrators at once: one is saved, and the other is shown what it was', async () => {
    const change = (name: string, version: number) =>
      changeEntry(context, admin(), {
        ...({ kind: 'provider', code: 'bridge', from: '2024-Q4', reason: 'renamed' } as const),
        ...{ version, facts: { name, closedAfter: '' } },
      })
    const both = await Promise.all([change('Bridge Trust', 1), change('The Bridge', 1)])
    const saved = both.findIndex(({ ok }) => ok)
    const refused = both[1 - saved]
    const standing = ['Bridge Trust', 'The Bridge'][saved]
    expect(refused).toMatchObject({
      ...{ ok: false, code: 'changed-meanwhile', by: 'Sam administrator' },
      differences: [{ fact: 'name', before: 'Bridge NHS Trust', after: standing }],
      entry: { version: 2, facts: { name: standing } },
    })
    // Asked, the second says that theirs is right.
    expect(await change('Bridge', 2)).toEqual({ ok: true })
    const read = await readEntryHistory(setting.pool, admin(), 'provider', 'bridge')
    expect(read).toMatchObject({ versions: [{ version: 3 }, { version: 2 }, { version: 1 }] })
  })

  test('gives a quarter a deadline after its last day and within a year of it, and no other', async () => {
    const due = (deadline: string) =>
      addEntry(context, admin(), {
        ...({ kind: 'quarter', code: '2024-Q3', from: '', reason: 'calendar' } as const),
        facts: { deadline, closed: '' },
      })
    for (const deadline of ['', '2024-12-31', '2024-10-30', '2026-01-02', '2205-01-30']) {
      expect(await due(deadline)).toMatchObject({ ok: false, code: 'quarter-deadline' })
    }
    // Of two who set its first deadline the second is shown the other's.
    expect(await due('2025-02-27')).toEqual({ ok: true })
    expect(await due('2025-02-28')).toMatchObject({
      ...{ ok: false, code: 'changed-meanwhile', by: 'Sam administrator' },
      ...{ entry: { version: 1 }, differences: [{ fact: 'deadline', after: '2025-02-27' }] },
    })
  })

  test('holds from no closed quarter, and from none before the last change', async () => {
    await rename()
    expect(await closeQuarter()).toEqual({ ok: true })
    expect(await changeableQuarters(context)).toEqual(['2024-Q3', '2024-Q4'])
    for (const [from, version] of [
      ['2024-Q2', 2],
      ['2024-Q1', 2],
      ['2025-Q4', 2],
    ] as const) {
      const refused = await changeEntry(context, admin(), {
        ...({ kind: 'service', code: 'toy-library', reason: 'renamed' } as const),
        ...{ from, version, facts: { ...SERVICE, name: 'Toys' } },
      })
      expect(refused).toMatchObject({ ok: false, code: 'register-from' })
    }
    const { rowCount } = await setting.owner.query(
      `select from register_version where code = 'toy-library'`,
    )
    expect(rowCount).toBe(2)
  })

  test('moves no service to another strand or organisation, whoever writes', async () => {
    await expect(setting.pool.query(`update service set strand_code = 'health'`)).rejects.toThrow(
      'permission denied',
    )
    await expect(setting.pool.query(`update service set provider_code = 'bridge'`)).rejects.toThrow(
      'permission denied',
    )
    for (const change of [
      'delete from register_version',
      `update register_version set reason = 'x'`,
    ]) {
      await expect(setting.pool.query(change)).rejects.toThrow('permission denied')
    }
  })

  test('is made of a service that has the code of its organisation, as of any other', async () => {
    const put = { code: 'story-time', from: '2024-Q4', reason: 'new' } as const
    const facts = { ...SERVICE, name: 'Story Time', strand: 'health', provider: 'story-time' }
    for (const kind of ['provider', 'service'] as const)
      expect(await addEntry(context, admin(), { ...put, kind, facts })).toEqual({ ok: true })
    const closed = { ...facts, closedAfter: '2024-Q4' }
    const change = { ...put, kind: 'service', version: 1, facts: closed } as const
    expect(await changeEntry(context, admin(), change)).toEqual({ ok: true })
  })

  test('is refused to everybody else', async () => {
    const entry = { kind: 'strand', code: 'new', from: '2024-Q4', reason: 'new' } as const
    for (const actor of [setting.actors.provider, setting.actors.exactAnalyst]) {
      expect(await addEntry(context, actor, { ...entry, facts: { name: 'New' } })).toEqual({
        ...{ ok: false, code: 'not-found' },
      })
    }
  })
})

describe('a closed quarter', () => {
  test('takes no late file, but of a service that has an extension', async () => {
    await closeQuarter()
    const place = { service: 'stay-and-play', quarter: '2024-Q2' }
    expect(await checkDestination(setting.store, place)).toMatchObject({ code: 'quarter-closed' })
    await setting.owner.query(
      `insert into extension (service_code, quarter, until, reason, given_by, given_at)
       values ($1, $2, current_date + 1, 'staff-away', 'test', now())`,
      [place.service, place.quarter],
    )
    expect(await checkDestination(setting.store, place)).toMatchObject({ ok: true })
    const other = { ...place, service: 'toy-library' }
    expect(await checkDestination(setting.store, other)).toMatchObject({ code: 'quarter-closed' })
    // What it sent before stays in the figures.
    const { rows } = await setting.owner.query(
      `select state from submission where service_code = 'stay-and-play' and quarter = '2024-Q2'`,
    )
    expect(rows).toEqual([{ state: 'linked' }])
  })
})

describe('a service that is closed', () => {
  test('goes on as another from the next quarter, and takes files of the quarters before', async () => {
    const close = (mergedInto: string) =>
      changeEntry(context, admin(), {
        ...({ kind: 'service', code: 'toy-library', version: 1 } as const),
        ...({ from: '2024-Q4', reason: 'merged' } as const),
        facts: { ...SERVICE, name: 'Toy Library', closedAfter: '2024-Q3', mergedInto },
      })
    for (const wrong of ['toy-library', 'nowhere']) {
      expect(await close(wrong)).toMatchObject({ code: 'merge-target' })
    }
    const year = { dataset: 'production', from: '2024-Q1', to: '2024-Q2' } as const
    const byService = async (): Promise<unknown> =>
      (await measureReach(setting.owner, year, ['service', 'quarter'])).cells
    const before = await byService()
    expect(await close('stay-and-play')).toEqual({ ok: true })
    // What it counted stays its own, and is no other's.
    expect(before).toHaveLength(4)
    expect(await byService()).toEqual(before)
    const at = (quarter: string) =>
      checkDestination(setting.store, { service: 'toy-library', quarter })
    expect(await at('2024-Q3')).toMatchObject({ ok: true })
    expect(await at('2024-Q4')).toMatchObject({ code: 'service-closed' })
  })
})

describe('a ward that is split', () => {
  const digest = postcodeDigest('SE116AA')
  const split = async () => {
    for (const code of ['riverside-east', 'riverside-west']) {
      const added = await addEntry(context, admin(), {
        ...({ kind: 'ward', from: '2024-Q4', reason: 'boundaries' } as const),
        ...{ code, facts: { name: code, gss: 'E05014102 2023 to 2030', splitFrom: 'riverside' } },
      })
      expect(added).toEqual({ ok: true })
    }
    await setting.owner.query('update postcode_area set ward_code = $2 where digest = $1', [
      ...[digest, 'riverside-east'],
    ])
  }

  test('holds late files of the quarters before, and its parts those after', async () => {
    await split()
    const wardIn = async (quarter: '2024-Q3' | '2024-Q4') =>
      withTransaction(
        setting.owner,
        async (client) => (await readAreas(client, quarter)).get(digest)?.ward,
      )
    expect([await wardIn('2024-Q3'), await wardIn('2024-Q4')]).toEqual([
      'riverside',
      'riverside-east',
    ])
  })

  test('counts each file in the ward of its quarter, whenever it comes, and nobody twice', async () => {
    await split()
    // A child at each of eight postcodes: the one that has another ward now is one of four of the old.
    const bytes = csv(children(60, 68))
    for (const quarter of ['2024-Q4', '2024-Q3'] as const) {
      await take(setting.store, {
        ...{ service: 'health-visiting', quarter, bytes },
        choices: { confirm: true, leaveOut: true },
      })
    }
    const wards = { dataset: 'production', from: '2024-Q3', to: '2024-Q4' } as const
    const { unique, cells } = await measureReach(setting.owner, wards, ['quarter', 'ward'])
    expect(cells.map(({ by, people }) => [...by, people])).toEqual([
      ['2024-Q3', 'hillside', 4],
      ['2024-Q3', 'riverside', 4],
      ['2024-Q4', 'hillside', 4],
      ['2024-Q4', 'riverside', 3],
      ['2024-Q4', 'riverside-east', 1],
    ])
    expect(unique.people).toBe(8)
  })

  test('has codes that are codes, with years', async () => {
    const added = await addEntry(context, admin(), {
      ...({ kind: 'ward', code: 'odd', from: '2024-Q4', reason: 'new' } as const),
      facts: { name: 'Odd', gss: 'Riverside', splitFrom: '' },
    })
    expect(added).toMatchObject({ code: 'ward-codes' })
    const placed = await addEntry(context, admin(), {
      ...({ kind: 'ward', code: 'odd', from: '2024-Q4', reason: 'new' } as const),
      facts: { name: 'Odd', tile: '13,1' },
    })
    expect(placed).toMatchObject({ code: 'ward-tile' })
  })
})

describe('the register as one file', () => {
  test('is exported as it is, and importing it changes nothing', async () => {
    await closeQuarter()
    await addEntry(context, admin(), {
      ...({ kind: 'quarter', code: '2024-Q3', from: '', reason: 'calendar' } as const),
      facts: { deadline: '2025-02-27', closed: '' },
    })
    await changeEntry(context, admin(), {
      ...({ kind: 'service', code: 'toy-library', version: 1 } as const),
      ...({ from: '2024-Q4', reason: 'merged' } as const),
      facts: {
        ...{ ...SERVICE, name: 'Toy Library' },
        ...{ closedAfter: '2024-Q3', mergedInto: 'stay-and-play' },
      },
    })
    const file = await exportRegister(setting.pool, admin(), context.programme)
    if (!file.ok) throw new Error(file.code)
    expect(parseRegister(file.json)).toMatchObject({ ok: true })
    expect(JSON.parse(file.json)).toMatchObject({
      services: expect.arrayContaining([
        expect.objectContaining({
          ...{ code: 'toy-library', closedAfter: '2024-Q3', mergedInto: 'stay-and-play' },
        }),
      ]) as unknown,
      quarters: [
        { quarter: '2024-Q2', deadline: '2024-10-30', closed: true },
        { quarter: '2024-Q3', deadline: '2025-02-27' },
      ],
    })
    expect(await planImport(context, admin(), file.json)).toMatchObject({ ok: true, changes: [] })
  })

  test('is imported all or nothing, as it was looked at', async () => {
    await closeQuarter()
    const file = await exportRegister(setting.pool, admin(), context.programme)
    if (!file.ok) throw new Error(file.code)
    const register = JSON.parse(file.json) as { strands: object[]; services: { strand: string }[] }
    register.strands.push({ code: 'learning', name: 'Learning' })
    for (const service of register.services) service.strand = 'learning'
    const text = JSON.stringify(register)
    const plan = await planImport(context, admin(), text)
    if (!plan.ok) throw new Error(plan.code)
    expect(plan.changes).toMatchObject([{ kind: 'strand', code: 'learning', isNew: true }])
    expect(plan.kept).toHaveLength(register.services.length)
    const bring = () => importRegister(context, admin(), { text, seen: plan.seen, from: '2024-Q4' })
    const wrong = await importRegister(context, admin(), { text, seen: plan.seen, from: '2024-Q1' })
    expect(wrong).toMatchObject({ ok: false, code: 'register-from' })
    const brought = async () => {
      expect(await bring()).toEqual({ ok: true, changes: 1 })
    }
    expect(await told('register.imported', brought)).toBe(1)
    // The register is another now: it is looked at again.
    expect(await bring()).toMatchObject({ ok: false })
  })

  test('[S27] reaches no further than its own entries, whatever its keys are called', async () => {
    const file = await exportRegister(setting.pool, admin(), context.programme)
    if (!file.ok) throw new Error(file.code)
    const trap = `"__proto__":{"live":false,"code":"all"},"constructor":{"prototype":{"code":"all"}}`
    for (const at of ['{', '"programme": {', '"services": [\n  {', '"strands": [\n  {']) {
      expect([at, file.json.includes(at)]).toEqual([at, true])
      const text = file.json.replace(at, `${at}${trap},`)
      const plan = await planImport(context, admin(), text)
      // A key that the form has not is left out, and nothing else differs.
      expect([at, plan]).toEqual([at, expect.objectContaining({ ok: true, changes: [] })])
    }
    expect(({} as Record<string, unknown>)['code']).toBeUndefined()
    const years = JSON.parse(file.json) as { wards: Record<string, unknown>[] }
    const text = JSON.stringify(years).replace(
      '"wards":[{',
      '"wards":[{"gssYears":{"__proto__":"x"},',
    )
    expect(await planImport(context, admin(), text)).toMatchObject({ changes: [] })
    for (const hostile of [
      '['.repeat(200_000),
      '{"a":'.repeat(90_000),
      '"\\ud800"',
      'null',
      '1e999',
    ])
      expect(await planImport(context, admin(), hostile)).toMatchObject({ ok: false })
  })

  test('takes names on one line, without what hides or turns a part of them', async () => {
    const file = await exportRegister(setting.pool, admin(), context.programme)
    if (!file.ok) throw new Error(file.code)
    const register = JSON.parse(file.json) as { strands: { code: string; name: string }[] }
    register.strands.push({
      code: 'hidden',
      name: ' Sing\r\nBcc: x@evil.example\u202e\u200b\u0000! ',
    })
    const text = JSON.stringify(register)
    const plan = await planImport(context, admin(), text)
    if (!plan.ok) throw new Error(plan.code)
    const order = { text, seen: plan.seen, from: '2024-Q4' }
    expect(await importRegister(context, admin(), order)).toEqual({ ok: true, changes: 1 })
    const named = async (code: string) => {
      const read = await readEntryHistory(setting.pool, admin(), 'strand', code)
      return read.ok ? read.entry.facts.name : read.code
    }
    expect(await named('hidden')).toBe('Sing  Bcc: x@evil.example !')
    const added = await addEntry(context, admin(), {
      ...({ kind: 'strand', code: 'typed', from: '2024-Q4', reason: 'new' } as const),
      facts: { name: 'Sing\nand\u2066 play\u0007' },
    })
    expect([added, await named('typed')]).toEqual([{ ok: true }, 'Sing and play'])
  })

  test('of another programme, or broken, is refused with what is wrong', async () => {
    expect(await planImport(context, admin(), '{')).toMatchObject({
      ...{ ok: false, problems: ['the file is not JSON'] },
    })
  })
})

describe('the programme itself', () => {
  const edit = (facts: Record<string, string>, version = 1): ReturnType<typeof changeEntry> =>
    changeEntry(context, admin(), {
      ...({ kind: 'programme', code: setting.store.programme.code, version } as const),
      ...({ from: '', reason: 'corrected' } as const),
      facts: { name: 'Early Help', begins: '2015-04-01', ends: '2030-03-31', ...facts },
    })

  test('keeps every quarter of which there is a file within its years', async () => {
    expect(await edit({ ends: '2015-06-30' })).toMatchObject({ code: 'programme-years' })
    expect(await edit({ begins: '2025-04-01' })).toMatchObject({ code: 'programme-years' })
    expect(await edit({ begins: '2031-04-01' })).toMatchObject({ code: 'programme-days' })
    expect(await edit({ ends: 'soon' })).toMatchObject({ code: 'programme-days' })
    expect(await edit({ name: ' ' })).toMatchObject({ code: 'register-name' })
  })

  test('takes a name and years, once a version, and keeps what it was before', async () => {
    expect(await edit({})).toEqual({ ok: true })
    expect(await edit({ name: 'Another' })).toMatchObject({ code: 'changed-meanwhile' })
    const { code } = setting.store.programme
    const read = await readEntryHistory(setting.pool, admin(), 'programme', code)
    if (!read.ok) throw new Error(read.code)
    expect(read.versions).toHaveLength(2)
    expect(await readProgramme(setting.pool)).toMatchObject({
      ...{ name: 'Early Help', from: '2015-04-01', to: '2030-03-31' },
    })
  })

  test('is one: no other is added to a register', async () => {
    const other = { kind: 'programme', code: 'other', from: '', reason: 'new' } as const
    const facts = { name: 'Other', begins: '2015-04-01', ends: '2030-03-31' }
    expect(await addEntry(context, admin(), { ...other, facts })).toMatchObject({
      code: 'not-found',
    })
  })

  test('has a first quarter from which its register holds before it begins', async () => {
    const ahead = { ...setting.store.programme, from: '2027-04-01', to: '2030-03-31' }
    expect(await changeableQuarters({ ...context, programme: ahead })).toEqual(['2027-Q1'])
  })
})

describe('codes of wards that come with a postcode file', () => {
  const read = async () => {
    const history = await readEntryHistory(setting.pool, admin(), 'ward', 'hillside')
    if (!history.ok) throw new Error(history.code)
    return history
  }
  const bring = async (gss: string[], meanwhile?: () => Promise<unknown>) => {
    const file = await exportRegister(setting.pool, admin(), context.programme)
    const parsed = parseRegister(file.ok ? file.json : '')
    if (!parsed.ok) throw new Error(parsed.problems.join())
    const { register } = parsed
    const wards = register.wards.map((ward) => (ward.code === 'hillside' ? { ...ward, gss } : ward))
    async function* open(): AsyncIterable<Uint8Array> {
      await meanwhile?.()
      yield Buffer.from('postcode,ward,imd_decile,in_area\nSE11 6AA,hillside,4,yes\n')
    }
    const { now } = context
    return importPostcodes(setting.owner, 'operator', open, {
      register: { ...register, wards },
      now,
    })
  }

  test('are a version of each ward that has others, from the last quarter that has begun', async () => {
    const { version } = (await read()).entry
    expect(await bring(['E05014103', 'E05014104'])).toMatchObject({ ok: true, postcodes: 1 })
    const { entry, versions } = await read()
    expect(entry).toMatchObject({ version: version + 1, validFrom: '2024-Q4' })
    expect(versions[0]).toMatchObject({ by: 'operator', from: '2024-Q4', reason: 'boundaries' })
    expect(versions[0]?.differences).toMatchObject([{ fact: 'gss', after: 'E05014103\nE05014104' }])
    expect(await bring(['E05014103', 'E05014104'])).toMatchObject({ ok: true })
    expect((await read()).entry.version).toBe(version + 1)
  })

  test('lose nothing that somebody wrote while the file was read', async () => {
    await bring(['E05014103', 'E05014104'])
    const { entry } = await read()
    const rename = () =>
      changeEntry(context, admin(), {
        ...({ kind: 'ward', code: 'hillside', version: entry.version } as const),
        ...({ from: '2024-Q4', reason: 'renamed' } as const),
        facts: { ...entry.facts, name: 'Hill Side' },
      })
    expect(await bring(['E05014105'], rename)).toMatchObject({ code: 'postcodes-wards-changed' })
    const { facts } = (await read()).entry
    expect(facts).toMatchObject({ name: 'Hill Side', gss: 'E05014103\nE05014104' })
  })
})
