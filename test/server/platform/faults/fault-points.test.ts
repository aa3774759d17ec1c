import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { SERVER_WORDS } from '#core/messages/operating/refusals.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { armFaultPoints, FAULT_POINTS } from '#server/platform/faults/fault-points.ts'

/** Arms a fault point in a process of its own and passes three points. */
function run(env: Record<string, string>, live = false): { signal: string | null; output: string } {
  const script = `import { armFaultPoints, faultPoint } from '#server/platform/faults/fault-points.ts'
    try { armFaultPoints(process.env, { live: ${live} }) } catch (error) { console.log(error.code); process.exit() }
    for (let pass = 1; pass <= 2; pass += 1) {
      faultPoint('before-records'); process.stdout.write('copying ')
      faultPoint('during-copy')
    }
    console.log('done')`
  const { signal, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '-e', script],
    {
      env: { NODE_ENV: 'test', PATH: process.env['PATH'] ?? '', ...env },
      encoding: 'utf8',
    },
  )
  return { signal, output: stdout.trim() }
}

describe('a fault point', () => {
  test('does nothing when it is not asked for', () => {
    expect(run({})).toEqual({ signal: null, output: 'copying copying done' })
  })

  test('[S45] kills the process where its number says, as by kill -9', () => {
    const number = String(FAULT_POINTS['during-copy'])
    expect(run({ COUNTONCE_KILL_AT: number })).toEqual({ signal: 'SIGKILL', output: 'copying' })
    expect(run({ COUNTONCE_KILL_AT: `${number}:2` })).toEqual({
      signal: 'SIGKILL',
      output: 'copying copying',
    })
  })

  test('is refused for a live programme and in production', () => {
    const env = { COUNTONCE_KILL_AT: '11' }
    expect(run(env, true).output).toBe('kill-point-refused')
    expect(run({ ...env, NODE_ENV: 'production' }).output).toBe('kill-point-refused')
  })

  test.each(['999', '0', '-1', 'after-copy', '11:', '11:0', ' 11'])(
    'is refused for %s, which names none',
    (wanted) => {
      expect(() => {
        armFaultPoints({ COUNTONCE_KILL_AT: wanted }, { live: false })
      }).toThrow('kill-point-unknown')
    },
  )

  test('has a number of its own', () => {
    const numbers = Object.values(FAULT_POINTS)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('a fault', () => {
  test('is told by its code and its detail, and has a reference that tells nothing', () => {
    const fault = new Fault('disk-full', { file: 'key-ring' }, new Error('ENOSPC'))
    expect(fault.message).toBe('disk-full file=key-ring')
    expect(fault.reference).toMatch(/^F-[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}$/)
    expect(new Fault('disk-full').reference).not.toBe(fault.reference)
  })

  test('has words that say how to fix it', () => {
    for (const [code, { title, fix }] of Object.entries(SERVER_WORDS)) {
      expect(title, code).toMatch(/^[A-Z].*\.$/)
      expect(fix, code).toMatch(/^[A-Z].*[.:]/)
    }
  })
})
