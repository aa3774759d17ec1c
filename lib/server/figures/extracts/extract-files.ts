import { createHash, randomInt } from 'node:crypto'
import { zipSync } from 'fflate'
import { makeTwin, wordsOfColumn, type ResearchTable } from '#core/research/extract.ts'
import {
  columnOf,
  RESEARCH_VARIABLES,
  stepWords,
  type VariableCode,
} from '#core/research/variables.ts'
import { writeCsv, writePlainCsv } from '#core/tabular/writing/csv-writer.ts'
import { writeParquet } from './parquet.ts'

/** What an extract is of, in words. */
export interface ExtractFacts {
  readonly reference: string
  readonly project: string
  readonly title: string
  readonly cohort: string
  readonly quarters: string
  /** yyyy-mm-dd. */
  readonly expiresOn: string
  readonly madeAt: string
}

/**
 * The files of an extract, zipped: data and a synthetic twin, as CSV and Parquet, a codebook, a data
 * dictionary as a machine reads it (Frictionless Data Package 1), how it was made, and checksums.
 */
export function zipExtract(facts: ExtractFacts, table: ResearchTable): Uint8Array {
  const header = ['person', 'family', ...table.variables.map(columnOf)]
  const twin = makeTwin(table, (below) => randomInt(below))
  const files: Record<string, Uint8Array> = {
    'data.csv': bytesOf(writePlainCsv([header, ...table.rows])),
    'data.parquet': writeParquet(header, table.rows),
    'twin.csv': bytesOf(writePlainCsv([header, ...twin])),
    'twin.parquet': writeParquet(header, twin),
    'codebook.csv': bytesOf(writeCsv(['column', 'value', 'meaning'], codebook(table))),
    'datapackage.json': bytesOf(`${JSON.stringify(dictionary(facts, table), null, 2)}\n`),
    'README.txt': bytesOf(readMe(facts, table)),
  }
  files['SHA256SUMS'] = bytesOf(
    Object.entries(files)
      .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
      .join(''),
  )
  return zipSync(files)
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function codebook({ variables, steps, rows }: ResearchTable): readonly (readonly string[])[] {
  return [
    ['person', '', 'Pseudonym of this extract alone: one person'],
    ['family', '', 'Pseudonym of this extract alone: one family; empty where it may not be told'],
    ...variables.flatMap((code, place) => {
      const { means } = RESEARCH_VARIABLES[code]
      const told = `told as: ${stepWords(code, steps[place] ?? 0)}`
      return [
        [columnOf(code), '', `${means}; ${told}`],
        ...wordsOfColumn(rows, place + 2).map((word) => [columnOf(code), word, '']),
      ]
    }),
  ]
}

function dictionary(facts: ExtractFacts, { variables, rows, steps }: ResearchTable): object {
  const field = (code: VariableCode, place: number): object => ({
    ...{ name: columnOf(code), title: RESEARCH_VARIABLES[code].name, type: 'string' },
    description: `${RESEARCH_VARIABLES[code].means}; told as: ${stepWords(code, steps[place] ?? 0)}`,
    constraints: { required: true, enum: wordsOfColumn(rows, place + 2) },
  })
  const schema = {
    fields: [
      { name: 'person', type: 'string', constraints: { required: true, unique: true } },
      { name: 'family', type: 'string' },
      ...variables.map(field),
    ],
    primaryKey: 'person',
  }
  const resource = (name: string) => ({
    ...{ name, profile: 'tabular-data-resource', path: `${name}.csv`, encoding: 'utf-8', schema },
  })
  return {
    ...{ profile: 'tabular-data-package', name: facts.reference.toLowerCase(), title: facts.title },
    created: facts.madeAt,
    resources: [resource('data'), resource('twin')],
  }
}

function readMe(facts: ExtractFacts, { rows, leftOut, loss, fewest }: ResearchTable): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  return [
    `Extract ${facts.reference} for project ${facts.project}: ${facts.title}`,
    '',
    `Who is in it: ${facts.cohort}, ${facts.quarters}. One row is one person: ${String(rows.length)} rows.`,
    `Left out because too few were like them: ${String(leftOut)} (${percent(leftOut / (rows.length + leftOut))}).`,
    `Every combination of values that stands in it stands in it ${String(fewest)} times at least; so does the make-up of every family`,
    `that is named. Of what could be told ${percent(loss)} is not, for that; no other way to tell it loses less.`,
    '',
    'person and family are pseudonyms of this extract alone: they join to no other extract and to nothing else.',
    'certainty says how each person was linked. Linkage errs: model it, and do not read doubtful rows as certain.',
    'twin.csv has the same columns and words and as many rows, drawn by lot: it is about nobody. Write your code against it.',
    '',
    `Destroy every copy by ${facts.expiresOn}, and send the certificate. Before each analysis ask for the list of people who have left:`,
    'their rows are to be removed. Do not try to find out who anybody is.',
    '',
  ].join('\n')
}
