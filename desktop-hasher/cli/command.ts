import { Command, CommanderError, InvalidArgumentError } from 'commander'
import {
  FILE_KINDS,
  isReachKind,
  readFileKind,
  type ReachKind,
} from '#core/standard/further-fields.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import {
  ALL_PEOPLE,
  MOST_KEPT_ROWS,
  readRowNumbers,
  type KeptPeople,
} from '#core/preparation/rows-left-out/kept-people.ts'
import { ENCODINGS, isEncoding, type Encoding } from '#core/tabular/table.ts'
import { TOOL_VERSION } from '../tool.ts'
import { DONE, USAGE, type Console } from './console.ts'
import type { ClearKeyRequest } from './clear-key.ts'
import type { HashRequest } from './hash-file.ts'
import type { SealRequest } from './seal-file.ts'
import { Stopped } from './stopped.ts'
import { readPortal } from './submit.ts'

/** What the command line asks for. */
export type Asked =
  | { readonly want: 'nothing'; readonly status: number }
  | ({ readonly want: 'self-test' } & Telling)
  | ({
      readonly want: 'hashed-file'
      readonly request: HashRequest
      readonly submit: SubmitOptions | undefined
    } & Telling)
  | ({ readonly want: 'sealed-file'; readonly request: SealRequest } & Telling)
  | ({ readonly want: 'clear-key'; readonly request: ClearKeyRequest } & Telling)

/** Where the hashed file is sent to, once it is made. */
export interface SubmitOptions {
  readonly portal: URL
  readonly replace: string | undefined
  readonly tokenFile: string | undefined
}

/** How a run is told. */
export interface Telling {
  readonly json: boolean
  /** A file for everything that is said. */
  readonly report: string | undefined
}

interface Options {
  key?: string
  bridgeKey?: string
  provider?: string
  service?: string
  quarter?: Quarter
  kind?: ReachKind
  area?: string
  mapping?: string
  headerRow?: number
  encoding?: Encoding
  people?: KeptPeople
  saveMapping?: string
  leaveOut?: boolean
  confirm?: boolean
  out?: string
  report?: string
  json?: boolean
  selfTest?: boolean
  seal?: string
  writeClearKey?: string
  submit?: string
  replace?: string
  tokenFile?: string
}

const CODE = /^[a-z0-9-]{1,64}$/

/** Reads the words of the command line; throws Stopped for what is not one. */
export function readCommand(words: readonly string[], terminal: Console): Asked {
  const command = describeCommand(terminal)
  try {
    command.parse(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { want: 'nothing', status: error.exitCode === 0 ? DONE : USAGE }
  }
  const options = command.opts<Options>()
  const telling = { json: options.json === true, report: options.report }
  if (options.selfTest === true) return { want: 'self-test', ...telling }
  if (options.writeClearKey !== undefined) {
    if (options.key === undefined) throw usage('Missing: --key.')
    const request = { key: options.key, out: options.writeClearKey }
    return { want: 'clear-key', request, ...telling }
  }
  if (options.seal !== undefined) {
    if (command.args[0] !== undefined)
      throw usage('--seal takes the file that is sealed, and no other.')
    // The scripts for databases make rows of people alone: docs/hashing-in-sql.md.
    if ((options.kind ?? 'people') !== 'people') throw usage('--seal takes rows of people alone.')
    const { file: workFile, ...given } = asRequest(options.seal, options)
    return { want: 'sealed-file', request: { ...given, workFile }, ...telling }
  }
  const request = asRequest(command.args[0], options)
  return { want: 'hashed-file', request, submit: asSubmit(options), ...telling }
}

function describeCommand(terminal: Console): Command {
  return new Command('countonce-hash')
    .description(
      'Makes a hashed file of a patient extract: every identifier is replaced by a pseudonym made with the programme’s source key, before anything leaves this machine. It needs no network, but for --submit.',
    )
    .argument('[file]', 'CSV, XLSX or ODS')
    .option('--key <file>', 'the key file; its passphrase is COUNTONCE_PASSPHRASE, or asked for')
    .option('--provider <code>', 'your organisation’s code in the programme')
    .option('--service <code>', 'the service’s code in the programme')
    .option('--quarter <quarter>', '2024-Q1 is April to June 2024', parseQuarter)
    .option(
      '--kind <kind>',
      `what its rows are about: ${FILE_KINDS.join(', ')} (default: as the mapping says, else people)`,
      parseKind,
    )
    .option('--out <name.csv>', 'the hashed file; its manifest is written beside it', parseOut)
    .option(
      '--area <file>',
      'the programme’s area file: services, wards, deprivation deciles and what scores are of',
    )
    .option(
      '--mapping <file>',
      'how its columns are matched (default: what is certain of the suggestions)',
    )
    .option('--save-mapping <file>', 'write the mapping that is used, for the next quarter')
    .option('--header-row <number>', 'the row of the file that holds the headings', parseRow)
    .option(
      '--encoding <name>',
      `how the text of the file is encoded, where it is not found: ${ENCODINGS.join(', ')}`,
      parseEncoding,
    )
    .option(
      '--people <rows>',
      'rows that are people though they do not look so: row numbers such as 14,18-20, or all',
      parsePeople,
    )
    .option('--leave-out', 'leave out rows that must be fixed; they are counted as rejected')
    .option('--confirm', 'confirm what is to be confirmed')
    .option(
      '--bridge-key <file>',
      'in a bridge quarter the old key file; its passphrase is COUNTONCE_BRIDGE_PASSPHRASE, or asked for',
    )
    .option(
      '--seal <file>',
      'sign rows that were hashed inside a database (docs/hashing-in-sql.md): every cell is checked, nothing is hashed',
    )
    .option(
      '--write-clear-key <file>',
      'write the key itself, for a database that hashes: whoever reads that file can reverse every pseudonym',
    )
    .option(
      '--submit <address>',
      'send the hashed file to the portal at this address; the token is COUNTONCE_TOKEN',
    )
    .option('--token-file <file>', 'a file that holds the token, instead of COUNTONCE_TOKEN')
    .option('--replace <reference>', 'the submission that the file takes the place of')
    .option('--report <file>', 'write everything that is said into a file as well')
    .option('--json', 'print one JSON document')
    .option('--self-test', 'run the published vectors and print the result')
    .version(TOOL_VERSION)
    .showHelpAfterError('Run countonce-hash --help for how it is used.')
    .addHelpText(
      'after',
      `
Writes NAME.csv, NAME.manifest.json and NAME.manifest.hmac, all of them or none; with --bridge-key also NAME.bridge.csv
and its two. Nothing is written over. Before every file the published vectors are run.
Exit status:  0 done, 1 fault, 2 usage, 3 refused with findings. With --json, standard output is one JSON document.
With --submit:  0 accepted, 1 waits for a person, 2 refused, 3 could not reach the portal.
Where there is no console, what is said is written to NAME.report.txt.`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.print(text.trimEnd())
      },
      writeErr: (text) => {
        terminal.say(text.trimEnd())
      },
    })
}

function asRequest(file: string | undefined, options: Options): HashRequest {
  const { key, provider, service, quarter, out } = options
  if (
    file === undefined ||
    key === undefined ||
    provider === undefined ||
    service === undefined ||
    quarter === undefined ||
    out === undefined
  ) {
    const wanted = { FILE: file, '--key': key, '--provider': provider, '--service': service }
    const missing = Object.entries({ ...wanted, '--quarter': quarter, '--out': out })
    throw usage(
      `Missing: ${missing
        .filter(([, value]) => value === undefined)
        .map(([name]) => name)
        .join(', ')}.`,
    )
  }
  for (const [name, code] of Object.entries({ provider, service }))
    if (!CODE.test(code)) throw usage(`--${name} takes a code: small letters, digits and hyphens.`)
  return {
    file,
    key,
    bridgeKey: options.bridgeKey,
    provider,
    service,
    quarter,
    kind: options.kind,
    area: options.area,
    mapping: options.mapping,
    headerRow: options.headerRow,
    encoding: options.encoding,
    people: options.people,
    saveMapping: options.saveMapping,
    leaveOut: options.leaveOut === true,
    confirm: options.confirm === true,
    out,
  }
}

function asSubmit({ submit, replace, tokenFile }: Options): SubmitOptions | undefined {
  if (submit !== undefined) return { portal: readPortal(submit), replace, tokenFile }
  if (replace !== undefined || tokenFile !== undefined)
    throw usage('--replace and --token-file are for --submit.')
  return undefined
}

function usage(title: string): Stopped {
  return new Stopped(
    'usage',
    { title, fix: 'Run countonce-hash --help for how it is used.' },
    USAGE,
  )
}

function parseQuarter(text: string): Quarter {
  if (!isQuarter(text))
    throw new InvalidArgumentError('Write a quarter as 2024-Q1: April to June 2024.')
  return text
}

function parseKind(text: string): ReachKind {
  const kind = readFileKind(text)
  if (!isReachKind(kind)) throw new InvalidArgumentError(`It is one of ${FILE_KINDS.join(', ')}.`)
  return kind
}

function parseRow(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text))
    throw new InvalidArgumentError('It is the number of a row, from 1.')
  return Number(text)
}

function parseEncoding(text: string): Encoding {
  if (!isEncoding(text)) throw new InvalidArgumentError(`It is one of ${ENCODINGS.join(', ')}.`)
  return text
}

function parsePeople(text: string): KeptPeople {
  if (text === 'all') return ALL_PEOPLE
  const rows = readRowNumbers(text)
  if (rows === undefined)
    throw new InvalidArgumentError(
      `Write row numbers as 14,18-20, up to ${MOST_KEPT_ROWS}; or all.`,
    )
  return { rows: rows.map((row) => ({ row })) }
}

function parseOut(text: string): string {
  if (!/[^/\\][.]csv$/.test(text)) throw new InvalidArgumentError('Its name ends in .csv.')
  return text
}
