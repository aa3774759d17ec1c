import type pg from 'pg'
import {
  NO_REPORT_WORDS,
  REPORT_SECTION_NAMES,
  type ReportWords,
} from '#core/reports/report-words.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'

/** A version of a report's words. It never changes but by being signed off, once. */
export interface ReportVersion {
  /** From 1. */
  readonly version: number
  readonly words: ReportWords
  /** Of what it says, in hexadecimal: what two people agree to. */
  readonly digest: string
  /** Id of a user. */
  readonly writtenBy: string
  readonly writtenAt: Date
  /** Undefined of a draft. */
  readonly signed: { readonly by: string; readonly at: Date } | undefined
}

/** The versions of the report of a release, the latest first. */
export async function readVersions(
  on: Database | pg.ClientBase,
  release: string,
): Promise<readonly ReportVersion[]> {
  const rows = await run(on, 'reports/read-words', [release])
  return rows.map((row) => ({
    ...{ version: row.version, digest: row.digest, words: wordsIn(row.sections) },
    ...{ writtenBy: row.written_by, writtenAt: row.written_at },
    signed:
      row.signed_by === null || row.signed_at === null
        ? undefined
        : { by: row.signed_by, at: row.signed_at },
  }))
}

/** The last words of the reports of some releases: with what that of another of their quarter may begin. */
export async function readWordsBefore(
  on: Database | pg.ClientBase,
  releases: readonly string[],
): Promise<{ readonly words: ReportWords; readonly release: string } | undefined> {
  const [row] = await run(on, 'reports/read-words-before', [releases])
  return row === undefined ? undefined : { words: wordsIn(row.sections), release: row.release }
}

/** What we wrote ourselves; a section that came later is blank. */
function wordsIn(sections: unknown): ReportWords {
  const kept = sections as Partial<ReportWords>
  return {
    ...NO_REPORT_WORDS,
    ...Object.fromEntries(REPORT_SECTION_NAMES.map((name) => [name, kept[name] ?? ''])),
  }
}
