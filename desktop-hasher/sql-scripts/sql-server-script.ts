/**
 * The install script for SQL Server: the parts of desktop-hasher/tsql with the published tables and
 * vectors between them.
 */
import { literalOf, hexLiteral, insertRows } from './sql-server-literals.ts'
import { vectorsWithoutNfc, isInRanges, type VectorWithoutNfc } from './vectors-without-nfc.ts'
import {
  type FoldRow,
  type PublishedFiles,
  readPublishedFiles,
  readScriptPart,
  withDigests,
} from './published-files.ts'

const MOST_COMPONENTS = 4
const CELLS = [
  ...[
    'client_ref',
    'first_name',
    'last_name',
    'date_of_birth',
    'gender',
    'nhs_number',
    'email',
    'mobile',
  ],
  ...['carer_email', 'carer_mobile', 'postcode'],
] as const

/**
 * The whole script; the same text from the same commit. Its batches end with a line that is `go`.
 */
export function sqlServerScript(files: PublishedFiles = readPublishedFiles()): string {
  const part = (name: string): string => readScriptPart('tsql', name)
  const vectors = vectorsWithoutNfc(files.vectors.vectors)
  const script = [
    withDigests(part('0-header'), files),
    part('1-schema'),
    insertRows('count_once.fold_point', ['point', 'becomes', 'is_letter'], foldPoints(files.fold)),
    insertRows(
      'count_once.canonical_name',
      ['name', 'canonical'],
      files.names.map((row) => row.map(literalOf)),
    ),
    part('2-fold'),
    part('3-fields'),
    part('4-postcode'),
    part('5-birth-date'),
    part('6-names'),
    part('7-alternates'),
    part('8-pseudonyms'),
    part('9-person'),
    withVectorFacts(part('10-self-test'), files.vectors, vectors.length),
    changedVectors(vectors),
    insertRows('count_once.vector', VECTOR_COLUMNS, vectors.map(vectorRow)),
    insertRows(
      'count_once.vector_date',
      ['column_number', 'cell', 'is_month_first'],
      dateRows(files.vectors),
    ),
    insertRows(
      'count_once.vector_key',
      ['place', 'refused'],
      files.vectors.keys_refused.map((key, index) => [String(index + 1), hexLiteral(key)]),
    ),
    part('11-hashed-file'),
  ].join('\n')
  return [script, dropStatements(script), part('12-example')].join('\n')
}

/** A row for each code point that the table lists and that a tool without NFC takes. */
function foldPoints(rows: readonly FoldRow[]): string[][] {
  const points: string[][] = []
  for (const { first, last, becomes, movedTo } of rows) {
    for (let point = first; point <= last; point++) {
      if (!isInRanges(point)) continue
      const to = becomes ?? String.fromCodePoint((movedTo ?? 0) + point - first)
      const isLetter = /[A-Z\u0080-\u{10FFFF}]/u.test(to)
      points.push([String(point), literalOf(to), isLetter ? '1' : '0'])
    }
  }
  return points
}

const VECTOR_COLUMNS = [
  ...['id', 'column_name', 'kind', 'field', 'quarter', 'given_role', 'live'],
  ...CELLS,
  ...['component_1', 'component_2', 'component_3', 'component_4', 'value', 'code', 'findings'],
  ...['message', 'source', 'p1', 'p2'],
]

function vectorRow({ vector, code, findings, value }: VectorWithoutNfc): string[] {
  const isColumn = 'column' in vector
  const made = isColumn && code === undefined ? vector : undefined
  const components = made?.components ?? []
  return [
    literalOf(vector.id),
    literalOf(isColumn ? vector.column : undefined),
    literalOf(isColumn ? vector.kind : undefined),
    literalOf(isColumn ? undefined : vector.field),
    literalOf(vector.quarter),
    literalOf(vector.role),
    vector.live ? '1' : '0',
    ...CELLS.map((name) => literalOf(vector.input[name])),
    ...Array.from({ length: MOST_COMPONENTS }, (_, index) => literalOf(components[index])),
    literalOf(value),
    literalOf(code),
    literalOf(findings?.join('|')),
    ...[made?.message, made?.source, made?.p1, made?.p2].map(hexLiteral),
  ]
}

function dateRows({ date_columns: columns }: PublishedFiles['vectors']): string[][] {
  return columns.flatMap(({ values, order }, index) =>
    values.map((cell) => [String(index + 1), literalOf(cell), order === 'month-first' ? '1' : '0']),
  )
}

function withVectorFacts(
  part: string,
  published: PublishedFiles['vectors'],
  vectors: number,
): string {
  const facts: Readonly<Record<string, string>> = {
    source_key: hexLiteral(published.source_key),
    k1: hexLiteral(published.k1),
    k2: hexLiteral(published.k2),
    source_key_check: published.source_key_check,
    k1_check: published.k1_check,
    k2_check: published.k2_check,
    provider: published.provider,
    service: published.service,
    manifest: literalOf(published.manifest_hmac.bytes),
    manifest_hmac: hexLiteral(published.manifest_hmac.hmac),
    vectors: String(vectors),
    dates: String(dateRows(published).length),
    keys: String(published.keys_refused.length),
  }
  return part.replace(
    /\{([a-z0-9_]+)\}/g,
    (placeholder, name: string) => facts[name] ?? placeholder,
  )
}

/** Which vectors stand here otherwise than they are published, and how. */
function changedVectors(vectors: readonly VectorWithoutNfc[]): string {
  const changed = vectors.filter(({ isChanged }) => isChanged)
  const lines = changed.map(({ vector, code, value, findings }) => {
    const found = findings === undefined || findings.length === 0 ? '' : `, ${findings.join(', ')}`
    return `--   ${vector.id}  ${code ?? `'${value ?? ''}'`}${found}`
  })
  return [
    '-- The vectors, each as published, but for those that have a code point outside the ranges in a cell and come out otherwise for it:',
    ...lines,
    '',
  ].join('\n')
}

/** How all of it is taken away again, as a comment. */
function dropStatements(script: string): string {
  const made = [...script.matchAll(/^create (function|procedure|table) (count_once\.\w+)/gm)]
  const drops = made.reverse().map(([, what = '', name = '']) => `-- drop ${what} ${name};`)
  return ['-- To take everything away again:', ...drops, '-- drop schema count_once;', ''].join(
    '\n',
  )
}
