/**
 * The install script for PostgreSQL: the parts of desktop-hasher/postgresql with the published
 * tables and vectors between them.
 */
import {
  asciiJson,
  type FoldRow,
  type PublishedFiles,
  readPublishedFiles,
  readScriptPart,
  withDigests,
} from './published-files.ts'

/** The whole script; the same text from the same commit. */
export function postgresqlScript(files: PublishedFiles = readPublishedFiles()): string {
  const part = (name: string): string => readScriptPart('postgresql', name)
  return [
    withDigests(part('0-header'), files),
    'begin;\n',
    part('1-schema'),
    foldInsert(files.fold),
    nameInsert(files.names),
    part('2-fold'),
    part('3-fields'),
    part('4-birth-date'),
    part('5-names'),
    part('6-alternates'),
    part('7-pseudonyms'),
    part('8-self-test'),
    vectorInserts(files.vectors),
    part('9-hashed-file'),
    'commit;\n',
  ].join('\n')
}

function foldInsert(rows: readonly FoldRow[]): string {
  const values = rows.map(({ first, last, becomes, movedTo }) => {
    return `(${first},${last},${movedTo ?? 'null'},${becomes === null ? 'null' : quoted(becomes)})`
  })
  return `insert into count_once.fold_row (first, last, moved_to, becomes) values\n${inLines(values)};\n`
}

function nameInsert(names: PublishedFiles['names']): string {
  const values = names.map(([name, canonical]) => `(${quoted(name)},${quoted(canonical)})`)
  return `insert into count_once.canonical_name (name, canonical) values\n${inLines(values)};\n`
}

function vectorInserts({ vectors, ...beside }: PublishedFiles['vectors']): string {
  const rows = vectors.map((vector) => `('${vector.id}',$v$${asciiJson(vector)}$v$)`)
  return (
    `insert into count_once.published (beside) values ($v$${asciiJson(beside)}$v$);\n` +
    `insert into count_once.vector (id, vector) values\n${rows.join(',\n')};\n`
  )
}

/** Text as a literal of ASCII alone, so that no encoding of the script spoils it. */
function quoted(text: string): string {
  if (/^[ -~]*$/.test(text) && !/['\\]/.test(text)) return `'${text}'`
  const points = Array.from(text, (character) => {
    return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`
  })
  return `E'${points.join('')}'`
}

/** Eight rows a line. */
function inLines(values: readonly string[]): string {
  const lines: string[] = []
  for (let at = 0; at < values.length; at += 8) lines.push(values.slice(at, at + 8).join(','))
  return lines.join(',\n')
}
