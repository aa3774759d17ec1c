import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { findLinked } from '#server/intake/submissions/read-submission.ts'
import {
  processSubmission,
  type ProcessListener,
} from '#server/linkage/processing/process-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { countonce } from '../../../bin/command-line.ts'
import { sweepTomorrow } from './crashes.ts'
import { children, csv, mothers } from './small-files.ts'
import {
  ACTOR,
  figures,
  holdings,
  inPieces,
  makeSmallProgramme,
  removeFolder,
  take,
  type Holdings,
} from './small-programme.ts'

/** What becomes of a store whose embedded database is killed, or whose disk is full. */

const PLACE = { dataset: 'production', service: 'stay-and-play', quarter: '2024-Q1' } as const
const FILE = csv([...children(4, 14), ...mothers(4, 8)])
const OTHERS = { bytes: csv([...children(0, 10), ...mothers(0, 6)]), service: 'health-visiting' }
const CHOICES = { actor: ACTOR, leaveOut: false, confirm: false, replace: false }

describe('[S45] kill -9 of PostgreSQL', () => {
  let dataDir: string
  let before: Holdings
  let after: Holdings

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
    // As root, PostgreSQL's user must pass through.
    await chmod(dataDir, 0o711)
    await makeSmallProgramme({ dataDir, env: {} })
    await opened(async (store) => {
      await take(store, OTHERS)
      before = await holdings(store)
      await take(store, { bytes: FILE })
      after = await holdings(store)
      await withdrawStanding(store)
    })
  })

  afterAll(() => removeFolder(dataDir))

  async function opened(work: (store: OwnProgrammeStore) => Promise<void>): Promise<void> {
    const store = await openProgrammeStore({ dataDir, env: {} })
    try {
      await work(store)
    } finally {
      await store.close()
    }
  }

  async function withdrawStanding(store: OwnProgrammeStore): Promise<void> {
    const standing = await findLinked(store.pool, PLACE)
    const withdrawn = await withdrawSubmission(store, standing?.reference ?? '', ACTOR)
    expect(withdrawn).toMatchObject({ ok: true })
  }

  async function killServer(store: OwnProgrammeStore): Promise<() => void> {
    const { rows } = await store.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database()`,
    )
    const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
    const postmaster = Number(text.split('\n')[0])
    return () => {
      for (const pid of [postmaster, ...rows.map((row) => row.pid)]) {
        // A connection that the pool closed meanwhile has no process any more.
        try {
          process.kill(pid, 'SIGKILL')
        } catch (error) {
          expect(error).toMatchObject({ code: 'ESRCH' })
        }
      }
    }
  }

  test.each([
    ['read', 'reading'],
    ['linked', 'linking'],
  ] as const)(
    'while a file is %s leaves nothing of it in the figures, and a retry gives the same',
    async (_, stage) => {
      await opened(async (store) => {
        const received = await receiveSubmission(store, {
          ...PLACE,
          bytes: inPieces(FILE),
          limit: FILE.length,
          actor: ACTOR,
        })
        const kill = await killServer(store)
        let killed = 0
        const listener: ProcessListener = {
          [stage]: () => {
            if (killed++ === 0) kill()
          },
        }
        const id = received.ok ? received.submission.id : ''
        await expect(processSubmission(store, id, CHOICES, listener)).rejects.toMatchObject({
          code: 'database-gone',
        })
        expect(killed).toBeGreaterThan(0)
      })
      await opened(async (store) => {
        const found = await holdings(store)
        expect(found).toMatchObject({ strays: 0, auditIsWhole: true, linked: before.linked })
        expect(found.reach).toEqual(before.reach)
        await take(store, { bytes: FILE })
        await sweepTomorrow(store)
        expect(await holdings(store)).toEqual(after)
        await withdrawStanding(store)
        expect(await holdings(store)).toEqual(before)
      })
    },
  )
})

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  '[S50] a full disk',
  () => {
    test('is said with what to do, keeps nothing of the file, and is over once there is room', async () => {
      const run = promisify(execFile)
      const folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
      await run('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=0711', 'tmpfs', folder])
      onTestFinished(async () => {
        await run('umount', ['-l', folder])
        await removeFolder(folder)
      })
      const dataDir = join(folder, 'data')
      await makeSmallProgramme({ dataDir, env: {} })
      const store = await openProgrammeStore({ dataDir, env: {} })
      onTestFinished(() => store.close())
      await take(store, OTHERS)
      const before = await figures(store)

      const many = Array.from({ length: 8000 }, (_, n) => ({
        client_ref: `C-${n}`,
        date_of_birth: `2021-03-${10 + ((n * 7) % 20)}`,
        carer_email: `mother${n}@example.org`,
        first_name: 'Ann',
        gender: 'F',
        contacts: '1',
      }))
      const path = join(tmpdir(), `${folder.split('/').at(-1) ?? ''}.csv`)
      await writeFile(path, csv(many))
      onTestFinished(() => rm(path))
      const { bavail, bsize } = await statfs(folder)
      const ballast = join(folder, 'ballast')
      await writeFile(ballast, new Uint8Array(bavail * bsize - 2 * 1024 * 1024))
      const ingest = [
        '--data',
        dataDir,
        'ingest',
        path,
        '--service',
        PLACE.service,
        '--quarter',
        '2024-Q1',
        // That so many are called Ann.
        '--confirm',
      ]

      const full = await countonce(ingest)
      expect(full).toMatchObject({ status: 1, stdout: '' })
      expect(full.stderr).toContain('countonce: The disk is full.\n  ')
      expect(full.stderr).toMatch(/Free some space .* send it again[.]\n {2}disk-full · /)
      expect(await figures(store)).toEqual(before)
      expect(await holdings(store)).toMatchObject({ records: 16, strays: 0, auditIsWhole: true })

      await rm(ballast)
      expect(await countonce(ingest)).toMatchObject({ status: 0 })
      await sweepTomorrow(store)
      expect(await holdings(store)).toMatchObject({
        records: 8016,
        blobs: [],
        fileKeys: [],
        strays: 0,
        auditIsWhole: true,
      })
    }, 120_000)
  },
)
