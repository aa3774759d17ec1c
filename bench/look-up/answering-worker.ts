import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeDemonstrationAccounts } from '#demonstration/demonstration-accounts.ts'
import { birthOf } from '#demonstration/look-up/feed-files.ts'
import {
  INVENTED_PEOPLE,
  OBJECTOR,
  type InventedPerson,
} from '#demonstration/look-up/look-up-people.ts'
import type { TypedLookUp } from '#core/look-up/asking/typed-look-up.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { askGuidance, askLookUp } from '#server/look-up/asking/ask-look-up.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { openBlobs } from '#server/platform/storage/file-store.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { Asker } from '#server/store/asker.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'

/** A worker of its own process, asked as the portal asks it. */
export interface AnsweringWorker {
  /**
   * Looks so many people up, one after the other, each a pause after the one before: milliseconds
   * until the portal has the answer.
   */
  lookUp(count: number, pauseMs: number): Promise<readonly number[]>
  /** Of the worker and the reading processes that have ended, for each look-up: milliseconds, or that it is not told. */
  processorTime(): Promise<string>
  stop(): Promise<void>
}

/** What a tick of the processor's clock is in Linux, in milliseconds. */
const TICK = 10

/** Starts one over a demonstration of a look-up, with its practitioner to ask it. */
export async function answeringWorker(store: OwnProgrammeStore): Promise<AnsweringWorker> {
  const asker = await askerOf(store)
  const program = join(projectFolder('lib'), 'server/jobs/worker/worker.ts')
  const child = fork(program, ['--data', store.dataDir], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = once(child, 'exit')
  await once(child, 'message')
  await askGuidance({ asker })
  let begun: number | undefined
  let asked = 0
  return {
    async lookUp(count, pauseMs) {
      const today = dayInLondon(new Date())
      const took: number[] = []
      await pause(pauseMs)
      begun = await ticksOf(child.pid)
      for (asked = 0; asked < count; asked++) {
        const typed = typedOf(KNOWN[asked % KNOWN.length] ?? SOMEBODY, today)
        const start = performance.now()
        const looked = await askLookUp({ asker }, WHY, typed)
        if (!looked.ok) throw new Error(looked.code)
        took.push(performance.now() - start)
        if (looked.people[0]?.compared == null) throw new Error('nobody was found')
        await pause(pauseMs)
      }
      return took
    },
    async processorTime() {
      const now = await ticksOf(child.pid)
      return now === undefined || begun === undefined
        ? 'unknown'
        : (((now - begun) * TICK) / asked).toFixed(0)
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const WHY = {
  purpose: 'safeguarding',
  caseReference: 'CIN-20418',
  act: null,
  alarms: [],
} as const

/** Whom some source has, but for who objected. */
const KNOWN = INVENTED_PEOPLE.filter(
  (person) => Object.values(person.with).includes('current') && person !== OBJECTOR,
)
const [SOMEBODY] = INVENTED_PEOPLE as readonly [InventedPerson]

function typedOf(person: InventedPerson, today: string): TypedLookUp {
  return {
    ...{ firstName: person.first, lastName: person.last, birth: birthOf(person, today) },
    ...{ gender: person.gender, nhsNumber: person.nhs ?? '', postcode: person.postcode },
    ...{ email: '', mobile: '' },
  }
}

async function askerOf({ pool, programme, keys, dataDir }: OwnProgrammeStore): Promise<Asker> {
  const made = await makeDemonstrationAccounts({
    ...{ pool, portalKey: await openPortalKey({ dataDir }), passwords: argonPasswords() },
    ...{ programme, keys },
  })
  if (!made.ok) throw new Error(made.code)
  // The first, who was given every source.
  const email = made.accounts.find(({ role }) => role === 'practitioner')?.email ?? ''
  const { id } = await inPrisma(pool, ({ user }) =>
    user.findUniqueOrThrow({ where: { email }, select: { id: true } }),
  )
  const ticket = await withTransaction(pool, (client) => startSession(client, id, new Date()))
  return askWorkers({
    ...{ database: pool, ticket, blobs: () => openBlobs({ dataDir }) },
    secrets: await openPortalSecrets({ dataDir }),
  })
}

/** Of a process and its children that have ended. Only Linux tells it. */
async function ticksOf(pid: number | undefined): Promise<number | undefined> {
  const line = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined)
  // The name, which may hold anything, ends with the last bracket; the times are the 12th to 15th after it.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ')
  return fields?.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)
}
