import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { Fault } from '#server/platform/faults/fault.ts'
import { describeFailure, openEventLog } from '#server/platform/logging/event-log.ts'
import { makeDataFolder } from '../../setup/data-folder.ts'

test('a log holds one JSON document a line, readable by its owner alone, whatever it is told', async () => {
  const path = join(await makeDataFolder(), 'logs', 'worker.log')
  const heard: string[] = []
  const log = openEventLog(path, 'worker-1', (line) => heard.push(line))
  log.info('job.begun', { queue: 'submission.check', attempt: 1 })
  log.info('job.ended', { code: 'a\nb\r{"forged": true}' })
  log.failure('job.failed', new Fault('disk-full', { file: 'key-ring' }))
  log.close()
  log.info('job.late')
  const lines = (await readFile(path, 'utf8')).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'info', process: 'worker-1', event: 'job.begun', queue: 'submission.check' },
    { event: 'job.ended', code: 'a\nb\r{"forged": true}' },
    { level: 'error', event: 'job.failed', code: 'disk-full', file: 'key-ring' },
  ])
  expect(heard).toHaveLength(4)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a log that has grown large is put aside when it is opened', async () => {
  const folder = await makeDataFolder()
  const path = join(folder, 'worker.log')
  await writeFile(path, Buffer.alloc(17 * 1024 * 1024, 10))
  const log = openEventLog(path, 'worker-1')
  log.info('worker.started')
  log.close()
  expect((await stat(path)).size).toBeLessThan(200)
  expect((await stat(`${path}.1`)).size).toBe(17 * 1024 * 1024)
})

test('a failure is told without its words, which may quote a person', () => {
  const fromDatabase = new DatabaseError('Key (name)=(Canary Carrow) exists', 10, 'error')
  Object.assign(fromDatabase, { code: '23505', detail: 'Canary Carrow', table: 'ward' })
  const unforeseen = new TypeError('cannot read Canary of Carrow\n    at Canary (1:1)')
  for (const error of [fromDatabase, unforeseen, 'Canary Carrow', { name: 'Canary' }]) {
    expect(JSON.stringify(describeFailure(error))).not.toContain('Canary')
  }
  expect(describeFailure(fromDatabase)).toMatchObject({
    code: 'database-refused',
    state: '23505',
    table: 'ward',
  })
  expect(describeFailure(unforeseen)).toMatchObject({
    code: 'unexpected',
    name: 'TypeError',
    place: expect.stringContaining('event-log.test.ts:') as string,
  })
})
