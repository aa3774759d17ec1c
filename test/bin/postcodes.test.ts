import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countonce, type Ended } from './command-line.ts'

/** The command line on a store of its own: both kinds of postcode file, one for the other, and who lives in its wards. */

const PROGRAMME = {
  programme: {
    code: 'small-steps',
    name: 'Small Steps',
    live: false,
    years: { from: '2024-04-01', to: '2025-03-31' },
  },
  wards: [{ code: 'riverside', name: 'Riverside', gss: ['E05000001'] }],
  strands: [{ code: 'play', name: 'Play' }],
  providers: [{ code: 'acorn', name: 'Acorn' }],
  services: [{ code: 'stay-and-play', name: 'Stay and Play', strand: 'play', provider: 'acorn' }],
}
const HEADER = 'pcd,pcd2,pcds,dointr,doterm,oslaua,osward,ctry,imd'
const ROW = 'SE116AA,SE11 6AA,SE11 6AA,198001,,E09000001,E05000001,E92000001,1'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await chmod(folder, 0o711)
  await write('programme.json', JSON.stringify(PROGRAMME))
  await write('own.csv', 'postcode,ward,imd_decile,in_area\nSE11 6AB,riverside,4,yes\n')
  await write('onspd.csv', `${HEADER}\n${ROW}\n`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

function run(...args: string[]): Promise<Ended> {
  return countonce(['--data', join(folder, 'data'), ...args])
}

test('a programme begins with either kind of file and goes on with the other', async () => {
  const at = (name: string): string => join(folder, name)
  const init = ['init', '--programme', at('programme.json'), '--postcodes', at('onspd.csv')]
  // Keys that others may read stop it before there is a programme: the same command is run again.
  const keys = at('data/keys/worker')
  await mkdir(keys, { recursive: true, mode: 0o755 })
  expect(await run(...init)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('keys-open') as string,
  })
  await chmod(keys, 0o700)
  const begun = await run(...init)
  expect(begun).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('1 postcodes') as string,
  })

  const own = await run('postcodes', 'import', at('own.csv'), '--json')
  expect(own.status, own.stderr).toBe(0)
  expect(JSON.parse(own.stdout)).toMatchObject({ form: 'own', kept: 1, read: 1 })

  const redrawn = await write(
    'redrawn.csv',
    `${HEADER}\n${ROW.replace('E05000001', 'E05000009')}\n`,
  )
  const refused = await run('postcodes', 'import', redrawn)
  expect(refused.status).toBe(3)
  expect(refused.stderr).toContain('postcodes-wards-absent · wards riverside')

  const renamed = JSON.stringify(PROGRAMME).replace('E05000001', 'E05000001","E05000009')
  const named = await run(
    ...['postcodes', 'import', redrawn, '--programme', await write('renamed.json', renamed)],
  )
  expect(named, named.stderr).toMatchObject({
    status: 0,
    stdout: '1 postcodes are kept of 1 rows, 0 of them no longer in use.\n',
  })
  const ages = Array.from({ length: 91 }, (_, age) => age)
  const sheet = [
    ['Ward 2023 Code', ...ages.map((age) => `F${age}`), ...ages.map((age) => `M${age}`)],
    ['E05000001', ...ages.map(() => '7'), ...ages.map(() => '8')],
    ['E05999999', ...ages.map(() => '1'), ...ages.map(() => '1')],
  ]
  const living = await write('living.csv', sheet.map((row) => row.join(',')).join('\n'))
  const undated = await run('populations', 'import', living)
  expect(undated.status).toBe(3)
  expect(undated.stderr).toContain('does not say of which year')
  const kept = await run('populations', 'import', living, '--year', '2022')
  expect(kept, kept.stderr).toMatchObject({
    status: 0,
    stdout: '1 ward: populations are kept for 2022.\n1 row of other wards: left out.\n',
  })
  expect((await run('audit', 'verify')).status).toBe(0)
}, 200_000)
