import { parseArgs } from 'node:util'

/** What `npm start` is asked for. */
export interface StartOptions {
  /** Whether the demonstration is of a look-up; else of reach. */
  readonly lookUp: boolean
  /** Folder of the store; undefined for the one that is usual. */
  readonly data: string | undefined
  readonly people: number
  readonly seed: number
  readonly port: number
  readonly portal: boolean
  /** Whether a live programme may have the embedded database. */
  readonly embedded: boolean
}

/** How `npm start` is used. */
export const START_USAGE = `usage: npm start -- [--look-up] [--data DIR] [--people N] [--seed N] [--port N] [--no-portal] [--embedded]
  --look-up     the demonstration of a look-up: who else is involved with a person (in .data-look-up)
  --data DIR    folder of the store (or COUNTONCE_DATA; default .data)
  --people N    how many people live in the demonstration's families (default 3000)
  --seed N      another seed makes other people (default 1)
  --port N      the first port to try for the portal (or PORT; default 3000)
  --no-portal   database and worker alone
  --embedded    a live programme may have the embedded database: its risks are known`

/** Reads the options of `npm start`; undefined when they are not as `START_USAGE` says. */
export function readStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartOptions | undefined {
  const values = parse(args)
  if (values === undefined) return undefined
  const options = {
    lookUp: values['look-up'],
    data: values.data ?? (values['look-up'] ? lookUpFolder(env) : undefined),
    people: Number(values.people),
    seed: Number(values.seed),
    port: Number(values.port ?? (env['PORT'] || '3000')),
    portal: !values['no-portal'],
    embedded: values.embedded,
  }
  const { people, seed, port } = options
  const areCounts = [people, seed].every((count) => Number.isInteger(count) && count > 0)
  return areCounts && Number.isInteger(port) && port >= 0 && port < 65_536 ? options : undefined
}

/** A deployment of its own: beside the folder of reach, never in it. */
function lookUpFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env['COUNTONCE_DATA'] === undefined ? '.data-look-up' : undefined
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        'look-up': { type: 'boolean', default: false },
        people: { type: 'string', default: '3000' },
        seed: { type: 'string', default: '1' },
        port: { type: 'string' },
        'no-portal': { type: 'boolean', default: false },
        embedded: { type: 'boolean', default: false },
      },
    }).values
  } catch {
    return undefined
  }
}
