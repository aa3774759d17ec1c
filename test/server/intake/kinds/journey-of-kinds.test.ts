import { beforeAll, describe, expect, test } from 'vitest'
import type { Framework } from '#core/framework/framework.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { confirmFinding, leaveRowsOut } from '#server/intake/journey/answer-findings.ts'
import { readGrid } from '#server/intake/correcting/read-grid.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { listTasks } from '#server/intake/journey/list-history.ts'
import { readMatching } from '#server/intake/journey/match-columns.ts'
import { readValues, saveValues } from '#server/intake/journey/match-values.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { readAnswers, submitFile } from '#server/intake/journey/submit-file.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import {
  ACORN,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  NOW,
  range,
  settingOfFile,
  upload,
} from '../journey/journey-setting.ts'
import { filesOf, forge, hashAtSource } from '../hashed/hash-at-source.ts'
import { child, mother } from '../submissions/small-files.ts'
import { ACTOR } from '../submissions/small-programme.ts'
import { activities, atActivity, FRAMEWORK, keptBeside, outcomes, scored } from './kind-files.ts'

/** The portal's way with files of activities and outcomes, and beside one of people. */

const setting = settingOfFile()

const [scale] = FRAMEWORK.instruments
const OF_ALL: Framework = {
  ...FRAMEWORK,
  instruments: [
    ...FRAMEWORK.instruments,
    ...(scale === undefined
      ? []
      : [
          { ...scale, code: 'of-others', label: 'Of others', words: [], services: ['toy-library'] },
          { ...scale, code: 'no-more', label: 'No more', words: [], retired: '2024-03-31' },
        ]),
  ],
}

const text = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode([...lines, ''].join('\r\n'))

async function checked(kind: FileKind, bytes: Uint8Array, quarter = '2024-Q1'): Promise<Journey> {
  const { reference } = await mustUpload(setting, bytes, { kind, quarter })
  const matched = await match(setting, reference)
  expect(matched).toMatchObject({ kind, step: 'check' })
  return setting.work(reference)
}

async function found(journey: Journey): Promise<[code: string, severity: string][]> {
  const view = await readCheck(setting.storeOf(ACORN), ACORN, journey.reference)
  if (!view.ok) throw new Error(view.code)
  return view.groups.flatMap(({ findings }) =>
    findings.map(({ code, severity }): [string, string] => [code, severity]),
  )
}

/** Confirms what is to be confirmed and submits the file, in place of the one that stands. */
async function submitted(journey: Journey): Promise<Journey> {
  const store = setting.storeOf(ACORN)
  const view = await readCheck(store, ACORN, journey.reference)
  if (!view.ok) throw new Error(view.code)
  let now = journey
  for (const { code, field, severity } of view.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    await confirmFinding(store, ACORN, now, { code, field, reason: 'looked-and-right' })
    now = await journeyOf(setting.storeOf, ACORN, journey.reference)
  }
  const answers = await readAnswers(store, ACORN, journey.reference)
  const replaces = answers.ok ? (answers.standing?.reference ?? '') : ''
  const sent = await submitFile(store, ACORN, now, { replaces })
  if (!sent.ok) throw new Error(sent.code)
  return setting.work(journey.reference)
}

test('outcomes are not taken where nothing says what scores are of', async () => {
  expect(await upload(setting, outcomes([]), { kind: 'outcomes' })).toMatchObject({
    ok: false,
    code: 'framework-missing',
  })
})

describe('with a framework', () => {
  beforeAll(async () => {
    await putFramework(setting.owner.pool, ACTOR, OF_ALL, NOW)
  })

  test('a file of each kind goes its own way, and is replaced for its kind alone', async () => {
    const draft = await checked('people', csvOf(range(1, 12)))
    const named = [0, 1, 2].map((n) => atActivity(`P-${String(n % 2)}`, '2024-05-07', child(n)))
    const heads = { activity_ref: 'P-9', activity_date: '2024-05-21', adults: '12', children: '15' }
    const held = await submitted(await checked('activities', activities([...named, heads])))
    expect(held).toMatchObject({ kind: 'activities', state: 'linked', records: 3, replaces: null })
    expect(held.events?.activities).toMatchObject({
      ...{ activities: 3, attendances: 3, people: 3 },
      ...{ anonymousAdults: 12, anonymousChildren: 15 },
    })
    const later = await checked('activities', activities(named))
    const answers = await readAnswers(setting.storeOf(ACORN), ACORN, later.reference)
    // Nobody who is named changed; the heads that nobody named are told.
    expect(answers.ok ? answers.standing : undefined).toMatchObject({
      difference: { same: 3, changed: 0 },
      events: { activities: { anonymousAdults: 12 } },
    })
    const again = await submitted(later)
    expect(again.replaces).toBe(held.reference)
    // The file of people waits as it did.
    expect((await journeyOf(setting.storeOf, ACORN, draft.reference)).state).toBe('checked')
    const open = await mustUpload(setting, outcomes([]), { kind: 'outcomes' })
    expect(open.isUsable).toBe(false)
    const { reference } = await mustUpload(
      setting,
      outcomes([scored(mother(3), 'baseline', '2024-05-02', '30')]),
      { kind: 'outcomes' },
    )
    const tasks = await listTasks(setting.storeOf(ACORN), ACORN, NOW)
    const task = (tasks.ok ? tasks.services : [])
      .find(({ service }) => service === 'stay-and-play')
      ?.tasks.find(({ quarter }) => quarter === '2024-Q1')
    expect(task?.reference).toBe(draft.reference)
    expect(task?.others).toEqual([{ kind: 'outcomes', reference, step: 'read' }])
  })

  test('a file that was hashed at source comes to what the clear one came to', async () => {
    const place = { service: 'stay-and-play', provider: 'acorn', quarter: '2024-Q3' }
    const heads = { activity_ref: 'P-9', activity_date: '2024-11-21', adults: '12', children: '' }
    const wide = text([
      'Client ID,Role,First name,Surname,DOB,Email,Baseline date,IWS baseline,Exit date,IWS exit',
      ...[0, 1, 2].map(
        (n) =>
          `M-${String(n)},Parent,Ada${'abc'[n] ?? ''},Umor,0${String(n + 1)}/02/1990,a${String(n)}@mail.example,01/10/2024,3${String(n)},18/12/2024,${n === 1 ? '' : '51.5'}`,
      ),
    ])
    const files = [
      [
        'activities',
        activities([
          ...[0, 1, 2].map((n) => atActivity(`P-${String(n % 2)}`, '2024-11-07', child(n))),
          atActivity('P-0', '2024-11-07', child(0)),
          atActivity('P-1', '2024-11-07', { ...child(4), attended: 'no' }),
          heads,
        ]),
      ],
      [
        'activities',
        activities([heads, { ...heads, activity_ref: 'P-8', adults: '', children: '' }]),
      ],
      [
        'outcomes',
        outcomes([
          scored(mother(0), 'baseline', '2024-10-02', '30'),
          scored(mother(0), 'follow_up', '2024-11-20', '41.5'),
          scored(mother(0), 'follow_up', '2024-12-20', '43'),
          scored(mother(1), 'exit', '2024-10-20', '35.125'),
        ]),
      ],
      ['outcomes', wide],
    ] as const
    const linked = async (): Promise<unknown> => {
      const { rows } = await setting.owner.pool.query(
        `select s.file_kind, s.framework_version, r.source_row, r.role, r.birth, r.ward, r.client_pseudonym,
           r.nhs_number_pseudonym, r.name_birth_pseudonym, l.beneficiary_id
         from record r join submission s on s.id = r.submission_id join link l on l.record_id = r.id
         where s.state = 'linked' and s.quarter = '2024-Q3' order by s.file_kind, r.source_row`,
      )
      return rows
    }
    for (const [kind, bytes] of files) {
      const clear = await submitted(await checked(kind, bytes, '2024-Q3'))
      const before = [await keptBeside(setting.owner), await linked()]
      const made = await hashAtSource(setting.owner, bytes, { ...place, kind })
      const sent = await mustUpload(setting, filesOf(made), { kind, quarter: '2024-Q3' })
      expect(sent.isHashed).toBe(true)
      const hashed = await submitted(await setting.work(sent.reference))
      expect(hashed).toMatchObject({ state: 'linked', replaces: clear.reference, kind })
      expect(hashed.events).toEqual(clear.events)
      expect(hashed.records).toBe(clear.records)
      expect([await keptBeside(setting.owner), await linked()]).toEqual(before)
    }
  })

  test('a hashed file says what kind it is, and is believed nothing that cannot be', async () => {
    const place = { service: 'stay-and-play', provider: 'acorn', quarter: '2024-Q4' }
    const bytes = outcomes([
      scored(mother(0), 'baseline', '2025-01-02', '30'),
      scored(mother(0), 'follow_up', '2025-02-20', '41.5'),
    ])
    const { owner } = setting
    const made = await hashAtSource(owner, bytes, { ...place, kind: 'outcomes' })
    const why = async (
      change: Parameters<typeof forge>[2],
      kind: FileKind = 'outcomes',
    ): Promise<unknown> => {
      const forged = forge(made, owner.keys.currentSource, change)
      const sent = await upload(setting, filesOf(forged), { kind, quarter: '2024-Q4' })
      return sent.ok ? sent : 'why' in sent ? sent.why : sent.code
    }
    const events = { kind: 'outcomes', framework: 1, scores: 2 } as const
    const inCell = { code: 'hashed-cell', detail: { row: 1, column: 'scores' } }
    const cells = (from: string, to: string) => ({ csv: (csv: string) => csv.replace(from, to) })
    expect(await why({}, 'people')).toMatchObject({ code: 'manifest-kind' })
    expect(await why({}, 'activities')).toMatchObject({ code: 'manifest-kind' })
    expect(await why({ manifest: { events: { ...events, framework: 7 } } })).toMatchObject({
      code: 'manifest-framework',
    })
    expect(await why({ manifest: { events: { ...events, scores: 3 } } })).toMatchObject({
      ...{ code: 'hashed-disagrees', detail: { member: 'events' } },
    })
    expect(await why(cells(':30000:', ':300000:'))).toMatchObject(inCell)
    expect(await why(cells('invented-wellbeing', 'of-nobody'))).toMatchObject(inCell)
    expect(await why(cells('2025-02-20', '2024-02-20'))).toMatchObject(inCell)
    expect(await why(cells('follow_up', 'baseline'))).toMatchObject(inCell)
    // A program says no kind: what its manifest says is taken.
    const sent = await mustUpload(setting, filesOf(made), { quarter: '2024-Q4' })
    expect(await setting.work(sent.reference)).toMatchObject({ kind: 'outcomes', state: 'checked' })
  })

  test('several scores of a row are matched, and found again in the next file', async () => {
    const header =
      'Client ID,Role,First name,Surname,DOB,Gender,Email,Baseline date,IWS baseline,Seen again,Points then'
    const row = (n: number, again: string) =>
      `M-${String(n)},Parent,Ada${'abcdefgh'[n] ?? ''},Umor,0${String(n + 1)}/02/1990,F,ada${String(n)}@mail.example,07/05/2024,3${String(n)},${again}`
    const rows = [row(0, '18/06/2024,41'), row(1, ','), row(2, '20/06/2024,50')]
    const { reference } = await mustUpload(setting, text([header, ...rows]), { kind: 'outcomes' })
    const said = {
      'Seen again': 'day:follow_up',
      'Points then': 'score:follow_up:invented-wellbeing',
    }
    await match(setting, reference, ACORN, said)
    const taken = await submitted(await setting.work(reference))
    expect(taken.events?.scores).toEqual([
      {
        ...{ instrument: 'invented-wellbeing', subScale: '' },
        label: 'Invented wellbeing scale',
        ...{ scores: 5, baseline: 3, later: 2, paired: 2 },
      },
    ])
    const { rows: kept } = await setting.owner.pool.query<{ all: string }>(
      `select f.mapping::text || f.header::text as all from further_mapping f where kind = 'outcomes'`,
    )
    expect(kept[0]?.all).not.toMatch(/IWS|Seen again|Points then/)
    const later = text([header, row(3, '18/08/2024,41').replaceAll('05/2024', '07/2024')])
    const next = await mustUpload(setting, later, { kind: 'outcomes', quarter: '2024-Q2' })
    await confirmReading(
      setting.storeOf(ACORN),
      ACORN,
      await journeyOf(setting.storeOf, ACORN, next.reference),
    )
    const view = await readMatching(setting.storeOf(ACORN), ACORN, next.reference)
    if (!view.ok) throw new Error(view.code)
    const answers = Object.fromEntries(view.columns.map(({ heading, answer }) => [heading, answer]))
    expect(answers).toMatchObject({
      ...said,
      ...{ 'IWS baseline': 'score:baseline:invented-wellbeing', 'Baseline date': 'day:baseline' },
    })
  })

  test('words of a list of the kind are asked for, and their meaning kept', async () => {
    const bytes = text([
      'Session ID,Session date,Type of session,Adults,Children',
      'S-1,07/05/2024,Baby yoga,4,5',
    ])
    const { reference } = await mustUpload(setting, bytes, { kind: 'activities' })
    expect((await match(setting, reference)).step).toBe('values')
    const store = setting.storeOf(ACORN)
    const values = await readValues(store, ACORN, reference)
    expect(values.ok ? values.fields.map(({ field, label }) => [field, label]) : []).toEqual([
      ['activity_type', 'Activity type'],
    ])
    const now = await journeyOf(setting.storeOf, ACORN, reference)
    expect(await saveValues(store, ACORN, now, ['group'])).toMatchObject({ ok: true })
    expect((await setting.work(reference)).events?.activities?.activities).toBe(1)
  })

  test('the issue’s bad input is found, shown at its cells and left out or confirmed', async () => {
    const rows = [
      scored(mother(0), 'baseline', '2024-04-20', 'good'),
      scored(mother(1), 'baseline', '2024-04-20', '30'),
      scored(mother(1), 'baseline', '2024-04-20', '31'),
      scored(mother(2), 'baseline', '2024-06-20', '30'),
      scored(mother(2), 'follow_up', '2024-04-20', '31'),
      { ...scored(mother(4), 'baseline', '2024-04-20', '30'), measure: 'of-others' },
      { ...scored(mother(5), 'baseline', '2024-04-20', '30'), measure: 'No more' },
    ]
    const scores = await checked('outcomes', outcomes(rows))
    expect(await found(scores)).toEqual(
      expect.arrayContaining([
        ['score-not-a-number', 'must-fix'],
        ['scores-of-one-time', 'must-fix'],
        ['follow-up-before-baseline', 'must-fix'],
        ['measure-not-of-service', 'confirm'],
        ['measure-retired', 'confirm'],
      ]),
    )
    const grid = await readGrid(
      setting.storeOf(ACORN),
      ACORN,
      scores.reference,
      { show: 'all' },
      { from: 0, count: 10 },
    )
    if (!grid.ok) throw new Error(grid.code)
    const column = grid.frame.columns.findIndex(({ heading }) => heading === 'score')
    expect(grid.rows[0]?.findings).toContainEqual(
      expect.objectContaining({ column, code: 'score-not-a-number' }),
    )
    const store = setting.storeOf(ACORN)
    await leaveRowsOut(store, ACORN, scores, 'not-known')
    const taken = await submitted(await journeyOf(setting.storeOf, ACORN, scores.reference))
    expect(taken.rows).toMatchObject({ read: 7, accepted: 3, rejected: 4 })

    const held = await checked(
      'activities',
      activities([
        atActivity('P-1', '', child(0)),
        atActivity('P-2', '2024-05-07', { ...child(1), adults: '3' }),
      ]),
    )
    expect(await found(held)).toEqual(
      expect.arrayContaining([
        ['activity-date-missing', 'must-fix'],
        ['heads-beside-names', 'must-fix'],
      ]),
    )
  })
})
