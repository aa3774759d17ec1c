import { scrypt } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeAreaFile } from '#core/area-file/area-file.ts'
import { HASHED_COLUMNS, hashedHeader } from '#core/hashed-file/hashed-columns.ts'
import { writeKeyFile } from '#core/key-file/key-file.ts'
import { COLUMN_KINDS } from '#core/pseudonym/columns.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { bytesFromHex, hexOf } from '#core/pseudonym/keys.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { platformPseudonyms, preparePseudonymKeys } from '#core/pseudonym/pseudonymise.ts'
import { areaLookup } from '#server/programme/postcodes/area-lookup.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import { readProgrammeArea } from '#server/programme/postcodes/programme-area.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { messyFile } from '../../../desktop-hasher/messy-file.ts'
import { commandLine, linuxProgram } from '../../../desktop-hasher/ways/command-line.ts'
import { hasherPage } from '../../../desktop-hasher/ways/page.ts'
import { postgresqlFunctions } from '../../../desktop-hasher/ways/postgresql.ts'
import type { GivenToHash, HashedText, Way } from '../../../desktop-hasher/ways/way.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { portalSources } from './portal-sources.ts'
import { openSmallProgramme, removeFolder, take } from '../submissions/small-programme.ts'

/**
 * One messy file through the portal and through every way of hashing at source: the same
 * pseudonyms, byte for byte.
 */

/** Every way; a further one adds itself here. */
const WAYS: readonly Way[] = [commandLine, linuxProgram, hasherPage, postgresqlFunctions]

const ROWS = 2_000
const PASSPHRASE = 'walnut trombone ferry lichen orbit'
const FACTS = HASHED_COLUMNS.length - PSEUDONYM_COUNT - 2
const messy = messyFile(20_261_127, ROWS)

let database: TestDatabase
let folder: string
let store: OwnProgrammeStore
let given: Omit<GivenToHash, 'folder'>
const hashed = new Map<string, HashedText>()

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  store = await openSmallProgramme({
    dataDir: join(folder, 'data'),
    env: { DATABASE_URL: database.url },
  })
  given = await writeGiven()
  for (const way of WAYS) {
    if (((await way.missing?.()) ?? '') !== '') continue
    const own = join(folder, way.name.replaceAll(' ', '-'))
    await mkdir(own)
    hashed.set(way.name, await way.hash({ ...given, folder: own }))
  }
}, 300_000)

afterAll(async () => {
  await store.close()
  await database.drop()
  await removeFolder(folder)
})

async function writeGiven(): Promise<Omit<GivenToHash, 'folder'>> {
  const { key } = store.keys.currentSource
  const at = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const salt = Uint8Array.from({ length: 16 }, (_, index) => index)
  const nonce = salt.subarray(0, 12)
  const sealed = { key, live: store.programme.live, passphrase: PASSPHRASE, salt, nonce }
  const { area, postcodes } = await readProgrammeArea(store.pool)
  return {
    extract: await at('messy.csv', messy.csv),
    mapping: await at('mapping.json', JSON.stringify(messy.mapping)),
    key: await at('key.txt', await writeKeyFile(sealed, { subtle: crypto.subtle, scrypt })),
    area: await at('area.txt', writeAreaFile(area, postcodes, createHmacEngine().prepareKey(key))),
    passphrase: PASSPHRASE,
    provider: 'bridge',
    service: 'health-visiting',
    quarter: '2024-Q1',
    messy,
    sourceKey: key,
  }
}

function linesOf(name: string): string[][] {
  const lines = hashed.get(name)?.csv.split('\n') ?? []
  return lines.slice(1, -1).map((line) => line.split(','))
}

/** The platform pseudonyms of a hashed file's lines, as uuids by column. */
function platformOf(lines: readonly string[][]): (string | null)[][] {
  const keys = preparePseudonymKeys(createHmacEngine(), {
    source: store.keys.currentSource.key,
    platform: store.keys.platform.map(({ key }) => key),
  })
  return lines.map((cells) =>
    PSEUDONYM_COLUMNS.map((_, column) => {
      const cell = cells[FACTS + column] ?? ''
      if (cell === '') return null
      const kind = COLUMN_KINDS.subarray(column, column + 1)
      const hex = hexOf(platformPseudonyms(keys, kind, bytesFromHex(cell)))
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    }),
  )
}

describe('[S34] a messy file of thousands of rows', () => {
  test('holds every kind of mess and makes every pseudonym some time', () => {
    const lines = linesOf(commandLine.name)
    expect(lines.length).toBeGreaterThan(ROWS)
    for (const [index, { column }] of PSEUDONYM_COLUMNS.entries()) {
      const made = lines.filter((cells) => cells[FACTS + index] !== '').length
      expect(`${column} ${made > ROWS / 10 && made <= lines.length}`).toBe(`${column} true`)
    }
    const { blank } = (
      JSON.parse(hashed.get(commandLine.name)?.manifest ?? '{}') as {
        columns: Record<string, { blank: Record<string, number> }>
      }
    ).columns['name_birth_pseudonym'] ?? { blank: {} }
    expect(Object.keys(blank)).toEqual(
      expect.arrayContaining([
        'first-missing',
        'first-placeholder',
        'first-character',
        'last-one-letter',
        'birth-impossible',
        'birth-unreadable',
        'birth-placeholder',
      ]),
    )
  })

  test.each(WAYS)(
    'is hashed by $name to the bytes of the command line',
    async ({ name, missing }) => {
      const why = (await missing?.()) ?? ''
      if (why !== '') throw new Error(why)
      const { csv, manifest } = hashed.get(name) ?? {}
      expect(csv?.startsWith(`${hashedHeader('people')}\n`)).toBe(true)
      expect(csv === hashed.get(commandLine.name)?.csv).toBe(true)
      if (manifest === undefined) return
      const withoutTool = (text: string): unknown => ({ ...JSON.parse(text), tool: '' }) as unknown
      expect(withoutTool(manifest)).toEqual(
        withoutTool(hashed.get(commandLine.name)?.manifest ?? '{}'),
      )
    },
  )

  test('has the source pseudonyms that the portal makes of the original', async () => {
    const sources = linesOf(commandLine.name).map((cells) =>
      cells.slice(FACTS, FACTS + PSEUDONYM_COUNT).join(),
    )
    const { extract: path, provider, service } = given
    const portal = await portalSources(store, { path, mapping: messy.mapping, provider, service })
    expect(sources).toEqual(portal)
    const client = await store.pool.connect()
    const areas = await readAreas(client).finally(() => {
      client.release()
    })
    expect(areaLookup(areas).find('SE116AA')?.ward).toBe('riverside')
  })

  test('has the records that the portal stores of the original, and [S37] none of its pseudonyms is stored', async () => {
    const taken = await take(store, {
      bytes: messy.csv,
      service: given.service,
      choices: { mapping: messy.mapping, confirm: true },
    })
    const names = HASHED_COLUMNS.slice(0, FACTS + PSEUDONYM_COUNT).map(({ name }) => name)
    const { rows } = await store.pool.query<Record<string, string | number | null>>(
      `select ${names.map((name) => `${name}::text`).join()} from record where submission_id = $1
       order by record.source_row, role = 'parent'`,
      [taken.submission.id],
    )
    const lines = linesOf(commandLine.name)
    const platform = platformOf(lines)
    const expected = lines.map((cells, index) => [
      ...cells.slice(0, FACTS).map((cell) => (cell === '' ? null : cell)),
      ...(platform[index] ?? []),
    ])
    expect(rows.map((row) => names.map((name) => row[name] ?? null))).toEqual(expected)
    const stored = new Set(rows.flatMap((row) => Object.values(row)))
    const heads = lines.flatMap((cells) => cells.slice(FACTS, FACTS + PSEUDONYM_COUNT))
    expect(heads.some((cell) => cell !== '' && stored.has(cell))).toBe(false)
  })
})
