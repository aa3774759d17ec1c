import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import { startAnswering } from '#server/jobs/asks/answer-asks.ts'
import { FAULT_POINTS } from '#server/platform/faults/fault-points.ts'
import { openEventLog } from '#server/platform/logging/event-log.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { openTestProgramme, type TestProgramme } from '../setup/open-programme.ts'
import { askPage, feedOf, letIn, sendFeedTo } from './feed-setting.ts'

/** A worker that is killed while somebody is looked up. */

const WORKER = join(projectFolder('lib'), 'server/jobs/worker/worker.ts')
const TYPED = {
  ...{ firstName: 'Zebediah', lastName: 'Quillfeather', birth: '1990-02-03', gender: '' as const },
  ...{ nhsNumber: '', postcode: '', email: '', mobile: '' },
}

let programme: TestProgramme

beforeAll(async () => {
  programme = await openTestProgramme({}, LOOK_UP_REGISTER)
  const { store } = programme
  for (const source of ['housing', 'school', 'police'] as const) {
    const sent = await sendFeedTo(store, feedOf(source, dayInLondon(new Date())))
    expect(sent).toMatchObject({ ok: true })
  }
  await letIn(store, ['housing'])
}, 60_000)
afterAll(() => programme.close())

test('[S45] leaves nothing of it, and the same is answered when it is asked again', async () => {
  const { store, databaseUrl } = programme
  const kept = async (): Promise<unknown> =>
    (
      await store.pool.query(
        `select (select count(*)::int from look_up) as look_ups, (select count(*)::int from look_up_mark) as marks,
          (select count(*)::int from audit_event where event like 'look-up.%') as entries`,
      )
    ).rows[0]
  const before = await kept()
  const worker = spawn(process.execPath, [WORKER, '--data', store.dataDir], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      COUNTONCE_KILL_AT: String(FAULT_POINTS['before-look-up-commit']),
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void worker.kill('SIGKILL'))
  const ended = once(worker, 'exit')
  await once(worker, 'message')
  const ask = () => askPage(store, TYPED, { patience: 0.2 })
  expect(await ask()).toMatchObject({ ok: false, code: 'look-up-waits' })
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(await kept()).toEqual(before)
  const log = openEventLog(join(store.dataDir, 'logs', 'asks.log'), 'asks', () => undefined)
  const lane = startAnswering(store, log)
  onTestFinished(() => lane.stop())
  expect(await ask()).toMatchObject({ ok: true })
  expect(await kept()).toMatchObject({ look_ups: 1 })
})
