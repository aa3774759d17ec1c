import { scrypt } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeAreaFile } from '#core/area-file/area-file.ts'
import { writeKeyFile } from '#core/key-file/key-file.ts'
import { HASHED_COLUMNS } from '#core/hashed-file/hashed-columns.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { readProgrammeArea } from '#server/programme/postcodes/programme-area.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { messyFile } from '../../../desktop-hasher/messy-file.ts'
import { commandLine } from '../../../desktop-hasher/ways/command-line.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { portalSources } from './portal-sources.ts'
import { openSmallProgramme, removeFolder } from '../submissions/small-programme.ts'

/** A file whose gaps rules fill, at the portal and hashed at source: the same pseudonyms. */

const HEADER = 'Ref,First,Last,DOB,Centre,Postcode,NHS,Old NHS,Sessions'
const GAPS = [
  'A1,Ada,Lane,01/02/2019,Library,,,9990000018,2',
  'A2,Bea,Moss,03/04/2020,Hall,SE11 6BA,9990000026,,3',
  'A3,Cara,,05/06/2021,library,,,,1',
]
const BY_HAND = [
  'A1,Ada,Lane,01/02/2019,Library,SE11 6AA,9990000018,9990000018,2',
  'A2,Bea,Moss,03/04/2020,Hall,SE11 6BA,9990000026,,3',
  'A3,Cara,Moss,05/06/2021,library,SE11 6AA,,,1',
]
const PLAIN: Mapping = {
  ...{ shape: 'person', constants: { role: 'child' } },
  columns: {
    ...{ client_ref: 'Ref', first_name: 'First', last_name: 'Last', date_of_birth: 'DOB' },
    ...{ postcode: 'Postcode', nhs_number: 'NHS', contacts: 'Sessions' },
  },
}
const WITH_RULES: Mapping = {
  ...PLAIN,
  preparation: {
    filling: {
      version: 1,
      rules: [
        { kind: 'take-from', column: 'NHS', from: 'Old NHS' },
        { kind: 'copy-above', column: 'Last' },
        {
          ...{ kind: 'look-up', column: 'Postcode', from: 'Centre' },
          words: [{ word: 'Library', becomes: 'SE11 6AA' }],
        },
      ],
    },
  },
}
const PASSPHRASE = 'walnut trombone ferry lichen orbit'

let database: TestDatabase
let folder: string
let store: OwnProgrammeStore

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  store = await openSmallProgramme({
    dataDir: join(folder, 'data'),
    env: { DATABASE_URL: database.url },
  })
})

afterAll(async () => {
  await store.close()
  await database.drop()
  await removeFolder(folder)
})

const PLACE = { provider: 'bridge', service: 'health-visiting' }

/** The source pseudonyms that the command line and the portal make of rows. */
async function sourcesOf(name: string, rows: readonly string[], mapping: Mapping) {
  const own = join(folder, name)
  await mkdir(own)
  const write = async (file: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(own, file), content)
    return join(own, file)
  }
  const { key } = store.keys.currentSource
  const salt = Uint8Array.from({ length: 16 }, (_, index) => index)
  const sealed = { key, live: store.programme.live, passphrase: PASSPHRASE, salt }
  const { area, postcodes } = await readProgrammeArea(store.pool)
  const sourceKey = createHmacEngine().prepareKey(key)
  const path = await write('given.csv', [HEADER, ...rows].join('\n'))
  const { csv } = await commandLine.hash({
    ...{ folder: own, extract: path, ...PLACE, quarter: '2024-Q1', passphrase: PASSPHRASE },
    mapping: await write('mapping.json', JSON.stringify(mapping)),
    key: await write(
      'key.txt',
      await writeKeyFile(
        { ...sealed, nonce: salt.subarray(0, 12) },
        { subtle: crypto.subtle, scrypt },
      ),
    ),
    area: await write('area.txt', writeAreaFile(area, postcodes, sourceKey)),
    ...{ messy: messyFile(1, 1), sourceKey: key },
  })
  const first = HASHED_COLUMNS.length - PSEUDONYM_COUNT - 2
  return {
    csv,
    hasher: csv
      .split('\n')
      .slice(1, -1)
      .map((line) =>
        line
          .split(',')
          .slice(first, first + PSEUDONYM_COUNT)
          .join(),
      ),
    portal: await portalSources(store, { path, mapping, ...PLACE }),
  }
}

test('rules fill gaps alike at the portal and at source, as somebody would by hand', async () => {
  const filled = await sourcesOf('rules', GAPS, WITH_RULES)
  const byHand = await sourcesOf('by-hand', BY_HAND, PLAIN)
  expect(filled.hasher).toHaveLength(3)
  expect(filled.hasher).toEqual(filled.portal)
  expect(filled.csv).toBe(byHand.csv)
  expect(filled.portal).toEqual(byHand.portal)
  const unfilled = await sourcesOf('unfilled', GAPS, PLAIN)
  expect(unfilled.portal).not.toEqual(filled.portal)
})
