/**
 * The published tables and vectors that an install script carries in itself.
 * Source: docs/pseudonymisation.md.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PublishedVectors } from '#core/pseudonym/self-test.ts'
import { forEachPseudonym, type SqlDialect } from './each-pseudonym.ts'

const ROOT = new URL('../../', import.meta.url)
const TABLES = new URL('lib/core/pseudonym/tables/', ROOT)

/** What code points become: text, or themselves moved so that `first` becomes `movedTo`. */
export interface FoldRow {
  readonly first: number
  readonly last: number
  readonly becomes: string | null
  readonly movedTo: number | null
}

/** The published files, read and digested. */
export interface PublishedFiles {
  readonly fold: readonly FoldRow[]
  /** A first name, and the spelling that it is known by. */
  readonly names: readonly (readonly [string, string])[]
  readonly vectors: PublishedVectors
  /** SHA-256 of each file. */
  readonly digests: { readonly fold: string; readonly names: string; readonly vectors: string }
}

/** Reads the published files of this repository. */
export function readPublishedFiles(): PublishedFiles {
  const fold = readFileSync(new URL('fold-v1.csv', TABLES))
  const names = readFileSync(new URL('names-v1.csv', TABLES))
  const vectors = readFileSync(new URL('test/vectors/vectors-v2.json', ROOT))
  const published = JSON.parse(vectors.toString('utf8')) as PublishedVectors
  return {
    fold: rowsOf(fold).map(readFoldRow),
    names: rowsOf(names).map(([name = '', canonical = '']) => [name, canonical] as const),
    vectors: published,
    digests: { fold: sha256(fold), names: sha256(names), vectors: sha256(vectors) },
  }
}

const DIALECTS: Readonly<Record<'postgresql' | 'tsql', SqlDialect>> = {
  postgresql: {
    ...{ isTrue: 'true', isFalse: 'false', sigil: '' },
    clientOf: ['count_once.kept(provider)', 'count_once.kept(service)'],
  },
  tsql: {
    ...{ isTrue: '1', isFalse: '0', sigil: '@', width: 4 },
    clientOf: ["N'=' + @provider", "N'=' + @service"],
  },
}

/**
 * The part of a script that stands in a file beside the others, with what it does for each
 * pseudonym written out.
 */
export function readScriptPart(folder: 'postgresql' | 'tsql', name: string): string {
  const part = readFileSync(new URL(`desktop-hasher/${folder}/${name}.sql`, ROOT), 'utf8')
  return forEachPseudonym(part, DIALECTS[folder])
}

/** A header with the digests of the published files put in. */
export function withDigests(header: string, { digests }: PublishedFiles): string {
  return header
    .replace('{fold}', digests.fold)
    .replace('{names}', digests.names)
    .replace('{vectors}', digests.vectors)
}

function rowsOf(table: Buffer): string[][] {
  const lines = table.toString('utf8').split('\n')
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return rows.slice(1).map((line) => line.split(','))
}

function readFoldRow([from = '', until = '', to = '']: readonly string[]): FoldRow {
  const first = parseInt(from, 16)
  const last = parseInt(until, 16)
  if (to === '=') return { first, last, becomes: null, movedTo: first }
  if (to.endsWith('+')) return { first, last, becomes: null, movedTo: parseInt(to, 16) }
  const points = to === '' ? [] : to.split(' ').map((point) => parseInt(point, 16))
  return { first, last, becomes: String.fromCodePoint(...points), movedTo: null }
}

/** JSON of ASCII alone, so that no encoding of a script spoils it. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
