import { afterAll, beforeAll, expect, test } from 'vitest'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { everyRow } from '../../jobs/carrying-out/rights-setting.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { sweepTomorrow } from '../submissions/crashes.ts'
import { child, csv, nhsNumber, type Row } from '../submissions/small-files.ts'
import { ACTOR, send, take } from '../submissions/small-programme.ts'
import { TraceFinder } from '../submissions/traces.ts'
import { activities, atActivity, FRAMEWORK, keptBeside, outcomes, scored } from './kind-files.ts'

/** People are planted in every column of files of activities and outcomes, and looked for afterwards, as test/attacks does. */

const WHO: Row = {
  client_ref: 'Zq-Ref-88417',
  role: 'child',
  first_name: 'Wilhelmyna',
  last_name: 'Ockeghemsby',
  date_of_birth: '2021-11-23',
  gender: 'F',
  nhs_number: nhsNumber(7701),
  carer_email: 'carer.ockeghemsby@example.net',
  postcode: 'SE11 6PQ',
}
const KEPT = ['role', 'gender']
/** In titles, notes, headings and words that nobody knows. */
const BESIDE = ['Brannockshire', 'Theodorikka', 'Umberslade', 'Featherstonehaw', 'Quillonette']
const [TITLE = '', NOTE = '', TYPE = '', HEADING = '', SCORE = ''] = BESIDE
const VALUES = Object.entries(WHO).flatMap(([name, value]) => (KEPT.includes(name) ? [] : [value]))
const finder = new TraceFinder([...VALUES, ...BESIDE])

/** The same file with a column more. */
function withColumn(bytes: Uint8Array, heading: string, cell: string): Uint8Array {
  const [first = '', ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
  const all = [`${first},${heading}`, ...lines.map((line) => `${line},${cell}`), '']
  return new TextEncoder().encode(all.join('\r\n'))
}

const HELD = withColumn(
  withColumn(
    activities([
      { ...atActivity(`With ${TITLE}`, '2024-05-07', WHO), activity_type: `${TYPE} group` },
      atActivity(`With ${TITLE}`, '2024-05-07', child(0)),
      atActivity('P-2', '2024-05-14', child(0)),
    ]),
    'activity_title',
    `The birthday of ${TITLE}`,
  ),
  `Seen by ${HEADING}`,
  `${NOTE} cried`,
)
const SCORED = withColumn(
  outcomes([
    scored(WHO, 'baseline', '2024-04-20', '30'),
    { ...scored(child(0), 'baseline', '2024-04-20', SCORE), measure: `${TYPE} scale` },
    { ...scored(child(0), 'exit', '2024-06-20', '31'), time_point: `${HEADING} said` },
  ]),
  'notes',
  `${NOTE} was unwell`,
)

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
})

afterAll(() => programme.close())

async function traces(): Promise<string[]> {
  return [
    ...finder.search(Buffer.from(await everyRow(store))),
    ...(await finder.searchFolder(store.dataDir)),
  ]
}

test('[S38] who is in a file of activities or outcomes is nowhere once it is taken, refused or in part left out', async () => {
  const held = { kind: 'activities', bytes: HELD } as const
  const scores = { kind: 'outcomes', bytes: SCORED } as const
  // As they are they are refused: by a word for a measure, and a title that stands in two activities.
  expect(await send(store, scores)).toMatchObject({ ok: false })
  expect(await send(store, { ...held, quarter: '2024-Q2' })).toMatchObject({ ok: false })
  expect(await traces()).toEqual([])
  const choices = { confirm: true, leaveOut: true }
  await take(store, { ...held, choices })
  await take(store, { ...scores, choices })
  expect(await keptBeside(store)).toMatchObject({ strays: 0, scores: [expect.anything()] })
  await sweepTomorrow(store)
  expect(await traces()).toEqual([])
}, 240_000)

test('would be found, had one of them been written down', async () => {
  await take(store, { bytes: csv([child(3)]), quarter: '2024-Q3' })
  await store.pool.query(`update submission set reason = $1 where quarter = '2024-Q3'`, [TITLE])
  expect(await traces()).not.toEqual([])
})
