import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Whether migrations leave the version before running: docs/decisions/expand-and-contract.md. */

/** The first migration of a version after the first that may run live; what came before is free. */
const FIRST = '20261203000000'

/** What the version before would notice. */
const CONTRACTING: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['takes away what is there', /\bdrop (table|column|view|function|schema|type|sequence)\b/],
  ['takes away a right', /^\s*revoke\b/m],
  ['gives another name', /\brename (to|column|constraint|value)\b/],
  ['changes a type', /\balter (column )?\w+ (set data )?type\b/],
  ['demands a value of rows that are there', /\bset not null\b/],
  ['demands a value of new rows', /\badd column (?![^,;]*\bdefault\b)[^,;]*\bnot null\b/],
  ['refuses what was allowed', /\badd (constraint \w+ )?(check|unique|foreign key|exclude)\b/],
]

/** What a migration contracts that does not say so itself: one that was applied is not edited. */
const SAID_LATER: readonly string[] = [
  // provider_question_from: every row that the version before writes has a decision and no request.
  '20261205214600_rights refuses what was allowed',
]

function contractionsOf(sql: string): string[] {
  if (/^-- Contracts: \S/.test(sql)) return []
  const text = sql
    .replace(/--.*$/gm, '')
    .toLowerCase()
    // What a migration makes itself was nobody's before.
    .replace(/^revoke all on function (\w+)\(.*$/gm, (line, name: string) =>
      sql.toLowerCase().includes(`create function ${name}(`) ? '' : line,
    )
  return CONTRACTING.filter(([, pattern]) => pattern.test(text)).map(([what]) => what)
}

test('only add what the version before does not notice, unless they say what they contract', () => {
  const folder = join(import.meta.dirname, '../../../../prisma/migrations')
  const found = readdirSync(folder)
    .filter((name) => name >= FIRST)
    .flatMap((name) =>
      contractionsOf(readFileSync(join(folder, name, 'migration.sql'), 'utf8')).map(
        (what) => `${name} ${what}`,
      ),
    )
  expect(found).toEqual(SAID_LATER)
})

test.each([
  'alter table act drop column code',
  'drop table act',
  'revoke insert on act from countonce_app',
  'revoke all on function count_waiting_doubts() from public',
  'alter table act rename column code to reason',
  'alter table act rename to deed',
  'alter table act alter column code type integer',
  'alter table act alter code set not null',
  'alter table act add column more text not null',
  "alter table act add constraint act_code check (code <> '')",
  'alter table act add unique (code)',
])('would be refused: %s', (statement) => {
  expect(contractionsOf(`-- What it is for.\n${statement};`)).toHaveLength(1)
  expect(contractionsOf(`-- Contracts: 20261203000000_more.\n${statement};`)).toEqual([])
})

test.each([
  'create table more (id bigint primary key, note text not null)',
  'alter table act add column more text',
  'alter table act add column more integer not null default 7',
  'create index act_more on act (code)',
  'grant select on act to countonce_worker',
  'create function tell() returns void language sql as $$ select 1 $$',
  'create function tell() returns void language sql as $$ select 1 $$;\nrevoke all on function tell() from public',
])('goes on beside the version before: %s', (statement) => {
  expect(contractionsOf(`-- What it is for.\n${statement};`)).toEqual([])
})
