import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { OwnProgrammeStore } from '#server/store/store.ts'

/**
 * Finds traces of planted values in whatever bytes there are, in every form a value may have been
 * written.
 */

/** A value that must not be found, and the bytes of one of its forms. */
interface Needle {
  readonly value: string
  readonly form: string
  readonly bytes: Buffer
}

/** Shorter needles would be found by chance. */
const SHORTEST = 6

/** Looks for many values at once. */
export class TraceFinder {
  readonly #needles = new Map<number, Needle[]>()
  /**
   * Which beginnings of four bytes there are, by a hash of 20 bits: most places are passed by at
   * one look.
   */
  readonly #beginnings = new Uint8Array(1 << 20)

  /**
   * `values` are texts, each looked for in every form; `secrets` are bytes, looked for raw, in hex,
   * as uuid and in base64.
   */
  constructor(values: readonly string[], secrets: readonly Uint8Array[] = []) {
    for (const value of new Set(values)) for (const needle of formsOfText(value)) this.#add(needle)
    for (const secret of secrets) for (const needle of formsOfBytes(secret)) this.#add(needle)
  }

  #add(needle: Needle): void {
    if (needle.bytes.length < SHORTEST) return
    const key = needle.bytes.readUInt32BE(0)
    this.#beginnings[hash(key)] = 1
    const known = this.#needles.get(key)
    if (known === undefined) this.#needles.set(key, [needle])
    else known.push(needle)
  }

  /** What was found in `bytes`, as "value (form)". */
  search(bytes: Uint8Array): string[] {
    const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const found = new Set<string>()
    let key = 0
    for (let at = 0; at < hay.length; at++) {
      key = ((key << 8) | (hay[at] ?? 0)) >>> 0
      if (at < 3 || this.#beginnings[hash(key)] === 0) continue
      for (const { value, form, bytes: wanted } of this.#needles.get(key) ?? []) {
        const start = at - 3
        if (
          hay.compare(
            wanted,
            0,
            wanted.length,
            start,
            Math.min(hay.length, start + wanted.length),
          ) === 0
        )
          found.add(`${value} (${form})`)
      }
    }
    return [...found]
  }

  /** What was found in any file of a folder or in the name of one, as "file: value (form)". */
  async searchFolder(folder: string): Promise<string[]> {
    const found: string[] = []
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      found.push(...this.search(Buffer.from(entry.name)).map((trace) => `${entry.name}: ${trace}`))
      if (!entry.isFile()) continue
      // A file of a running server may go while we look.
      const bytes = await readFile(path).catch(() => Buffer.alloc(0))
      found.push(...this.search(bytes).map((trace) => `${relative(folder, path)}: ${trace}`))
    }
    return found
  }
}

function hash(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 12
}

function formsOfText(value: string): Needle[] {
  const needles: Needle[] = []
  for (const [how, text] of spellings(value)) {
    const add = (form: string, bytes: Buffer): void => {
      needles.push({ value, form: `${how}, ${form}`, bytes })
    }
    const utf8 = Buffer.from(text)
    add('as it is', utf8)
    add('Windows-1252', Buffer.from(text, 'latin1'))
    add('UTF-16LE', Buffer.from(text, 'utf16le'))
    add('UTF-16BE', Buffer.from(text, 'utf16le').swap16())
    add('URL-encoded', Buffer.from(encodeURIComponent(text)))
    add('hex', Buffer.from(utf8.toString('hex')))
    add('HEX', Buffer.from(utf8.toString('hex').toUpperCase()))
    for (const base64 of base64Forms(utf8)) add('base64', base64)
  }
  return needles
}

/** How a value may be spelt: as planted, in other cases, as folded, without what parts it. */
function spellings(value: string): Map<string, string> {
  const plain = value.normalize('NFD').replace(/\p{M}/gu, '')
  const joined = plain.replace(/[\s().+-]/g, '')
  const all = new Map([
    ['raw', value],
    ['lower case', value.toLowerCase()],
    ['upper case', value.toUpperCase()],
    ['folded', plain.toUpperCase()],
    ['folded lower case', plain.toLowerCase()],
    ['joined', joined.toUpperCase()],
    ['joined lower case', joined.toLowerCase()],
  ])
  if (/^07[0-9]{9}$/.test(joined)) all.set('international', `44${joined.slice(1)}`)
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value) ?? []
  if (year !== undefined && month !== undefined && day !== undefined) {
    all.set('day first', `${day}/${month}/${year}`)
    all.set('day first, dotted', `${day}.${month}.${year}`)
  }
  return all
}

/** What base64 makes of bytes that begin at any place of a longer text. */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = [0, 2, 3][before] ?? 0
    // The last letter depends on what follows, unless the bytes end with it.
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    return Buffer.from(text.slice(first, whole))
  })
}

function formsOfBytes(secret: Uint8Array): Needle[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const value = `secret ${hex.slice(0, 6)}…`
  const uuid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ]
  return [
    { value, form: 'raw', bytes },
    { value, form: 'hex', bytes: Buffer.from(hex) },
    { value, form: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    { value, form: 'uuid', bytes: Buffer.from(uuid.join('-')) },
    ...base64Forms(bytes).map((base64) => ({ value, form: 'base64', bytes: base64 })),
  ]
}

/** What is found in any table, the queue's included, and in any file of the data folder. */
export async function tracesEverywhere(
  { pool, dataDir }: Pick<OwnProgrammeStore, 'pool' | 'dataDir'>,
  finder: TraceFinder,
): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  const found = await finder.searchFolder(dataDir)
  for (const { name } of rows) {
    const { rows: texts } = await pool.query<{ text: string }>(
      `select whole::text as text from ${name} whole`,
    )
    const all = Buffer.from(texts.map(({ text }) => text).join('\n'))
    found.push(...finder.search(all).map((trace) => `${name}: ${trace}`))
  }
  if ((await readdir(join(dataDir, 'blobs'))).length === 0) throw new Error('no file was kept')
  return found
}
