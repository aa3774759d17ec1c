import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { systemCode } from '#server/platform/faults/fault.ts'

/**
 * What an event may tell: codes, counts, references; never a value of a row and never the words of
 * an error.
 */
export type EventDetail = Readonly<Record<string, string | number | boolean | null>>

/** A log of what a process does, one JSON document a line. */
export interface EventLog {
  /** `event` is past tense: `job.ended`. */
  info(event: string, detail?: EventDetail): void
  /** A failure, told by its code, reference and place: what an error says may quote a value. */
  failure(event: string, error: unknown, detail?: EventDetail): void
  close(): void
}

/** Where the log of a part lies: in the data folder, or nowhere where COUNTONCE_LOG is `console`. */
export function logPlace(
  env: Readonly<Record<string, string | undefined>>,
  dataDir: string,
  part: string,
): string | undefined {
  return env['COUNTONCE_LOG'] === 'console' ? undefined : join(dataDir, 'logs', `${part}.log`)
}

/** A log file larger than this is put aside when it is opened, in bytes; one older is kept. */
const TURN_AT = 16 * 1024 * 1024

/**
 * Opens the log at `path`, readable by its owner alone; `echo` gets every line as well. Without a path
 * there is the echo alone, as where something else keeps what processes say. Lines are written at
 * once, so that a process that is killed has told all it knew.
 */
export function openEventLog(
  path: string | undefined,
  process: string,
  echo: (line: string) => void = () => undefined,
): EventLog {
  let file = path === undefined ? undefined : openFile(path)
  const write = (line: string): void => {
    echo(line)
    try {
      if (file !== undefined) writeSync(file, line)
    } catch {
      // A full disk stops nothing that does not need it.
    }
  }
  const log = pino(
    {
      base: { process },
      messageKey: 'event',
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  )
  return {
    info: (event, detail = {}) => {
      log.info(detail, event)
    },
    failure: (event, error, detail = {}) => {
      log.error({ ...describeFailure(error), ...detail }, event)
    },
    close: () => {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/**
 * What may be told of a failure: of one that nobody foresaw, what kind it is and where it came
 * from.
 */
export function describeFailure(error: unknown): EventDetail {
  const { code, reference, detail, cause } = faultOf(error)
  if (code !== 'unexpected') return { code, reference, ...detail }
  const name = cause instanceof Error ? cause.name : typeof cause
  return { code, reference, name, system: systemCode(cause), place: placeOf(cause) }
}

/** The first line of a stack that names a place; the lines above it are the error's words. */
function placeOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  const place = lines.find((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line)) ?? ''
  // The name of a file is enough; where the project lies is the machine's own.
  return place.trim().replace(/(file:\/\/)?\/[^()]*\//, '')
}

function openFile(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  turn(path)
  return openSync(path, 'a', 0o600)
}

function turn(path: string): void {
  try {
    if (statSync(path).size > TURN_AT) renameSync(path, `${path}.1`)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}
