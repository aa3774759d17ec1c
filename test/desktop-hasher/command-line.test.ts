import { createHash, createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashedHeader } from '#core/hashed-file/hashed-columns.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import { keyCheckValue } from '#core/pseudonym/keys.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { TOOL_VERSION } from '../../desktop-hasher/tool.ts'
import {
  ended,
  makeHasherFolder,
  OLD_SOURCE_KEY,
  SOURCE_KEY,
  wordsFor,
  type HasherFolder,
} from './setup/hasher-folder.ts'
import { CLEAR, HEADER, PEOPLE, RETURNED, SENT } from './setup/small-extract.ts'

let hasher: HasherFolder
let check: string
let runs = 0

beforeAll(async () => {
  hasher = await makeHasherFolder()
  check = keyCheckValue(createHmacEngine().prepareKey(SOURCE_KEY))
  await hasher.write('people.csv', PEOPLE)
})

afterAll(async () => {
  await hasher.remove()
})

/** A name of its own for each run's output. */
function out(): string {
  return `out-${++runs}.csv`
}

describe('a file that is hashed', () => {
  it('gives a file, its manifest and the manifest’s signature, which agree and only their owner may read', async () => {
    const name = out()
    const ran = await hasher.run([...wordsFor('people.csv', name), '--area', 'area.txt'])
    const stem = name.slice(0, -4)
    expect(ran).toMatchObject({
      status: 0,
      stdout: `${name}\n${stem}.manifest.json\n${stem}.manifest.hmac\n`,
    })
    expect(ran.stderr).toContain(`key check value ${check}`)
    const csv = await readFile(hasher.at(name), 'utf8')
    const [header, first] = csv.split('\n')
    expect(header).toBe(hashedHeader('people'))
    expect(first).toMatch(/^1,child,2021-02,F,W-1,3,yes,,,unknown,,,,,,3,,[0-9a-f]{64},/)
    const bytes = await readFile(hasher.at(`${stem}.manifest.json`))
    const framed = Buffer.concat([
      Buffer.from(`9:countonce,1:1,8:manifest,${bytes.length}:`),
      bytes,
      Buffer.from(','),
    ])
    expect(await readFile(hasher.at(`${stem}.manifest.hmac`), 'utf8')).toBe(
      `${createHmac('sha256', SOURCE_KEY).update(framed).digest('hex')}\n`,
    )
    expect(await hasher.manifestAt(`${stem}.manifest.json`)).toMatchObject({
      source_key_check: check,
      live: true,
      provider: 'trust-a',
      service: 'slt',
      quarter: '2024-Q1',
      tool: 'countonce-hash',
      rows: { read: 2, accepted: 2 },
      self_test: { passed: 480, failed: 0 },
      csv_bytes: csv.length,
      csv_sha256: createHash('sha256').update(csv).digest('hex'),
    })
    for (const entry of await hasher.leftOf(name))
      expect(`${entry} ${((await stat(hasher.at(entry))).mode & 0o777).toString(8)}`).toBe(
        `${entry} 600`,
      )
    const said = ran.stdout + ran.stderr + csv + bytes.toString()
    expect(CLEAR.filter((value) => said.includes(value))).toEqual([])
  })

  it('has the same bytes when it comes back as a report of findings', async () => {
    const made: string[] = []
    for (const [name, text] of Object.entries({ 'sent.csv': SENT, 'returned.csv': RETURNED })) {
      await hasher.write(name, text)
      const written = out()
      expect(await hasher.run([...wordsFor(name, written), '--confirm'])).toMatchObject({
        status: 0,
      })
      made.push(await readFile(hasher.at(written), 'utf8'))
    }
    expect(made[1]).toBe(made[0])
  })

  it('is told as one JSON document, and in a report where one is asked for', async () => {
    const name = out()
    const words = [...wordsFor('people.csv', name), '--json', '--report', 'said.txt']
    const { status, stdout } = await hasher.run(words)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      keyCheck: check,
      rows: { read: 2, accepted: 2, rejected: 0, blank: 0, leftOut: 0 },
      records: 2,
      selfTest: { passed: 480, failed: 0 },
      files: [{ csv: name }],
    })
    expect(await readFile(hasher.at('said.txt'), 'utf8')).toBe(stdout)
  })

  it('is the same bytes every time', async () => {
    const [one, two] = [out(), out()]
    await Promise.all([
      hasher.run(wordsFor('people.csv', one)),
      hasher.run(wordsFor('people.csv', two)),
    ])
    expect(await readFile(hasher.at(one))).toEqual(await readFile(hasher.at(two)))
  })

  it('comes twice in a bridge quarter: the same rows in the same order under both keys', async () => {
    const name = out()
    const stem = name.slice(0, -4)
    const { status } = await hasher.run([
      ...wordsFor('people.csv', name),
      '--bridge-key',
      'old-key.txt',
    ])
    expect(status).toBe(0)
    expect(await hasher.leftOf(name)).toHaveLength(6)
    const own = await hasher.manifestAt(`${stem}.manifest.json`)
    const old = await hasher.manifestAt(`${stem}.bridge.manifest.json`)
    expect(old.bridge_for).toBe(own.csv_sha256)
    expect(old.source_key_check).toBe(keyCheckValue(createHmacEngine().prepareKey(OLD_SOURCE_KEY)))
    const facts = async (file: string): Promise<string[]> =>
      (await readFile(hasher.at(file), 'utf8'))
        .split('\n')
        .map((line) => line.split(',', 17).join())
    expect(await facts(`${stem}.bridge.csv`)).toEqual(await facts(name))
  })
})

describe('a mapping', () => {
  it('is saved, and used again for the next quarter; where it is incomplete it is saved to be completed', async () => {
    const saved = await hasher.run([
      ...wordsFor('people.csv', out()),
      '--save-mapping',
      'mapping.json',
    ])
    expect(saved.status).toBe(0)
    const mapping = parseMappingFile(await readFile(hasher.at('mapping.json'), 'utf8'))
    expect(mapping).toMatchObject({ ok: true, mapping: { columns: { client_ref: 'client_ref' } } })
    const again = await hasher.run([
      ...wordsFor('people.csv', out()),
      '--mapping',
      'mapping.json',
      '--json',
    ])
    expect(JSON.parse(again.stdout)).toMatchObject({ records: 2, suggestions: [] })
    await hasher.write('nameless.csv', 'Ref?,Forename\n1,Ada\n')
    const incomplete = await hasher.run([
      ...wordsFor('nameless.csv', out()),
      '--save-mapping',
      'begun.json',
    ])
    expect(incomplete.status).toBe(3)
    expect(await readFile(hasher.at('begun.json'), 'utf8')).toContain('"first_name": "Forename"')
  })
})

describe('a run that is ended', () => {
  beforeAll(async () => {
    const rows = Array.from(
      { length: 150_000 },
      (_, index) => `K-${index},Ada,Byng,14/05/2019,F,,a${index}@mail.leap.test,SW9 9SL,1\n`,
    )
    await hasher.write('many.csv', `${HEADER}\n${rows.join('')}`)
  })

  async function begun(name: string): Promise<ReturnType<HasherFolder['start']>> {
    const child = hasher.start(wordsFor('many.csv', name))
    while (!(await hasher.leftOf(name)).some((entry) => entry.endsWith('.part'))) await wait(20)
    return child
  }

  it('leaves nothing when it is told to end', async () => {
    const name = out()
    const child = await begun(name)
    const end = ended(child)
    child.kill('SIGTERM')
    expect((await end).status).toBe(1)
    expect(await hasher.leftOf(name)).toEqual([])
  })

  it('leaves nothing, and says so in one line, when the disk takes no more', async () => {
    const name = out()
    const { status, stderr } = await hasher.run(wordsFor('many.csv', name), {}, 1000)
    expect(status).toBe(1)
    expect(stderr).toContain(
      'countonce-hash: The disk is full, or cannot hold a file of this size.',
    )
    expect(await hasher.leftOf(name)).toEqual([])
  })

  it('never leaves a whole name when it is killed, and the next run clears what is left', async () => {
    const name = out()
    const child = await begun(name)
    const end = ended(child)
    child.kill('SIGKILL')
    await end
    expect(existsSync(hasher.at(name))).toBe(false)
    expect(await hasher.leftOf(name)).toHaveLength(1)
    expect((await hasher.run(wordsFor('people.csv', name))).status).toBe(0)
    expect(await hasher.leftOf(name)).toHaveLength(3)
  })
})

describe('the command line itself', () => {
  it('[S34] runs the published vectors when it is asked to', async () => {
    const { status, stdout } = await hasher.run(['--self-test'])
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'self-test: 480 published vectors passed, 0 failed\n',
    })
  })

  it('names itself in manifests by the version of the package', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string }
    expect(TOOL_VERSION).toBe(version)
  })

  it('says what is missing, and how it is used', async () => {
    const nothing = await hasher.run([])
    expect(nothing.status).toBe(2)
    expect(nothing.stderr).toContain(
      'Missing: FILE, --key, --provider, --service, --quarter, --out.',
    )
    const help = await hasher.run(['--help'])
    expect(help.status).toBe(0)
    expect(help.stdout).toContain('Usage: countonce-hash')
  })
})
