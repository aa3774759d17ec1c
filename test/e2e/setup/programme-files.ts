import { inject } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { child, children, csv, mothers } from '../../server/intake/submissions/small-files.ts'
import { take } from '../../server/intake/submissions/small-programme.ts'
import type { Visit } from './visitor.ts'

/** The programme of the run's portal with files in the figures. */
export interface ProgrammeFiles {
  readonly store: OwnProgrammeStore
  /** References of the submissions, the first sent first. */
  readonly submissions: readonly string[]
  /** Resolves once the run's worker has done what administrators asked for so far. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Sends files of two services whose organisations no account of the demonstration is of. */
export async function openProgrammeFiles(
  visit: Visit,
  databaseUrl: string,
): Promise<ProgrammeFiles> {
  const store = await openProgrammeStore({
    dataDir: visit.dataDir,
    env: { KEYS: inject('portal').env['KEYS'], DATABASE_URL: databaseUrl },
  })
  const { rows } = await store.pool.query<{ code: string }>(
    `select code from service
     where provider_code not in (select provider_code from portal_user where provider_code is not null)
     order by code limit 2`,
  )
  const [one = '', other = ''] = rows.map(({ code }) => code)
  const choices = { confirm: true, leaveOut: true, replace: true }
  const others = [
    ...children(10, 45).map((row, index) => ({ ...row, client_ref: `H-${index}` })),
    { ...child(3), client_ref: 'H-moved', nhs_number: '', postcode: 'SE11 6JA', carer_email: '' },
    { ...child(4), client_ref: 'H-other', nhs_number: child(45).nhs_number ?? '' },
  ]
  const submissions: string[] = []
  for (const sending of [
    { service: one, quarter: '2023-Q1', bytes: csv([...children(0, 40), ...mothers(0, 30)]) },
    { service: other, quarter: '2023-Q1', bytes: csv(others) },
    { service: one, quarter: '2023-Q2', bytes: csv([...children(5, 25), ...mothers(5, 15)]) },
  ]) {
    submissions.push((await take(store, { ...sending, choices })).submission.reference)
  }
  return {
    store,
    submissions,
    settled: () => untilSettled(store.pool),
    close: () => store.close(),
  }
}

/** Resolves once a worker has done what administrators asked for so far. */
export async function untilSettled(pool: pg.Pool): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { rowCount } = await pool.query(`select from act where stage in ('waiting', 'running')`)
    if (rowCount === 0) return
    await pause(100)
  }
  throw new Error('no worker did what was asked')
}
