import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import type { Quarter } from '#core/standard/quarter.ts'
import { PROFILES, type Profile } from '#core/disclosure/settings.ts'
import {
  checkSignedFile,
  readToldRelease,
  type CheckedFile,
} from '#core/disclosure/signed-release.ts'
import { ToldFigures } from '#core/disclosure/told-figures.ts'
import { signedFileWords, toldLines } from '#core/messages/releases/signed-file-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { listReleases, readRelease, type Release } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import { signReleases } from '#server/figures/releases/sign-releases.ts'
import { readSignedFile } from '#server/figures/releases/signed-file.ts'
import {
  readReleaseText,
  verifyRelease,
  verifySignature,
} from '#server/figures/releases/verify-release.ts'
import { readPublicKey, writePublicKey } from '#server/keys/public-key.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { parseQuarter } from '../read-input.ts'
import { recordRefused } from '../consent.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, FAULT, print, printJson, printTable, REFUSED, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  to?: Quarter
  profile: Profile
  csv?: string
  signed?: string
  key?: string
  list?: boolean
  verify?: string
  json?: boolean
}

/** countonce release: figures that may leave. */
export function addReleaseCommand(program: Command): void {
  const command = program
    .command('release')
    .description('freeze the figures up to a quarter, small numbers hidden, as a release')
    .option('--to <quarter>', 'its last quarter (default: the last that has a file)', parseQuarter)
    .addOption(
      new Option('--profile <name>', 'who it is for').choices([...PROFILES]).default('programme'),
    )
    .option('--csv <file>', 'write its figures as CSV as well')
    .option('--signed <file>', 'write its figures with their signature, for anybody to check')
    .option('--list', 'list the releases there are instead')
    .option(
      '--verify <release>',
      'see instead whether a release, by its reference, is what its digest says; or whether the file of a signed one is genuine',
    )
    .option('--key <key>', 'with --verify FILE: the public key that you noted')
    .option('--json', 'print one JSON document')
  exitWith(command, async (options: Options & GlobalOptions) => {
    const { verify: wanted } = options
    if (wanted !== undefined && existsSync(wanted)) return verifyFile(wanted, options)
    return withProgramme(options.data, async (store) => {
      if (options.list === true) return list(store, options)
      if (wanted !== undefined) return verify(store, wanted, options)
      return make(store, options)
    })
  })
}

async function make(store: OwnProgrammeStore, options: Options): Promise<number> {
  // Two people make a release, and this is one: the portal asks for the second.
  if (!(await isSettingUp(store.pool))) {
    await recordRefused(store, refuse('release-in-portal'), 'release')
    return sayRefused('release-in-portal')
  }
  const made = await makeRelease(store.pool, {
    profile: options.profile,
    actor: OPERATOR,
    ...(options.to === undefined ? {} : { lastQuarter: options.to }),
  })
  if (!made.ok) return sayRefused(made.code)
  await signReleases(store)
  await anchorAudit(store, new Date())
  const { reference, firstQuarter, lastQuarter, version, shown, hidden } = made
  const release = await readRelease(store.pool, { reference })
  if (release !== undefined && options.csv !== undefined) {
    await writeFile(options.csv, await readReleaseCsv(store.pool, release))
  }
  await writeSigned(store, release, options)
  if (options.json === true) {
    printJson({
      release: reference,
      from: firstQuarter,
      to: lastQuarter,
      version,
      shown,
      hidden,
      digest: release?.digest,
    })
  } else {
    print(
      `${reference}: quarters ${firstQuarter} to ${lastQuarter}, ${shown} figures, ${hidden} hidden.`,
    )
    print(`SHA-256 ${release?.digest ?? ''}`)
  }
  return DONE
}

async function list(store: OwnProgrammeStore, { json }: Options): Promise<number> {
  const releases = await listReleases(store.pool)
  const facts = releases.map(
    ({ reference, firstQuarter, lastQuarter, madeAt, linkagePolicy, digest }) => ({
      release: reference,
      from: firstQuarter,
      to: lastQuarter,
      made: madeAt,
      policy: linkagePolicy,
      digest,
    }),
  )
  if (json === true) printJson(facts)
  else {
    printTable(
      ['release', 'from', 'to', 'made', 'policy'],
      facts.map(({ release, from, to, made, policy }) => [release, from, to, made, policy]),
    )
  }
  return DONE
}

async function writeSigned(
  store: OwnProgrammeStore,
  release: Release | undefined,
  { signed }: Options,
): Promise<void> {
  const file = release === undefined ? undefined : await readSignedFile(store.pool, release)
  if (file !== undefined && signed !== undefined) await writeFile(signed, file)
}

/** Checks a file that anybody may have: without a programme, as whoever was sent it. */
async function verifyFile(path: string, { key: noted, json }: Options): Promise<number> {
  const known = noted === undefined ? undefined : readNoted(noted)
  const { outcome, key, told } = await checkSignedFile(
    await readFile(path, 'utf8'),
    known,
    verifySignature,
  )
  const [reference = ''] = told?.facts.get('reference') ?? []
  const isGenuine = outcome === 'genuine'
  const figures = told === undefined || !isGenuine ? [] : briefly(told.text)
  if (json === true) {
    const facts = told === undefined || !isGenuine ? {} : Object.fromEntries(told.facts)
    printJson({
      ...{ release: reference, outcome, key, verified: isGenuine },
      ...{ facts, cells: isGenuine ? told?.cells : undefined },
    })
  } else {
    const { title, text } = signedFileWords(outcome)
    print(reference === '' ? title : `${reference}: ${title}`)
    print(text)
    if (isGenuine && told !== undefined) {
      print('What was signed:')
      for (const { name, value } of toldLines(told, key ?? '')) print(`  ${name}: ${value}`)
      for (const line of figures) print(`  ${line}`)
    }
    if (isGenuine && known === undefined) {
      print('Compare it with the key that the programme publishes.')
    }
  }
  return isGenuine ? DONE : FAULT
}

/** The people of all services, of the last quarter and to its end: how sure they are. */
function briefly(text: string): readonly string[] {
  const told = new ToldFigures(text)
  const last = told.quarters.at(-1)
  return last === undefined ? [] : told.intervals({ kind: 'all', code: '' }, last)
}

/** A key as somebody noted it: its letters, or a file that holds them. */
function readNoted(given: string): string {
  const key = readPublicKey(existsSync(given) ? readFileSync(given, 'utf8') : given)
  if (key === undefined) throw new UsageError('--key is not a public key of releases.')
  return writePublicKey(key)
}

async function verify(
  store: OwnProgrammeStore,
  reference: string,
  options: Options,
): Promise<number> {
  const { json } = options
  const release = await readRelease(store.pool, { reference })
  if (release === undefined) return sayRefused('release-unknown')
  const same = await verifyRelease(store.pool, release)
  const file = await readSignedFile(store.pool, release)
  const signed =
    file === undefined ? undefined : await checkSignedFile(file, undefined, verifySignature)
  if (same) await writeSigned(store, release, options)
  const { digest } = release
  const signature = signed?.outcome ?? 'not-signed'
  if (json === true) printJson({ release: reference, digest, signature, verified: same })
  else if (!same) print(`${reference} is not what its digest says.`)
  else {
    print(`${reference} is what its digest says.`)
    print(
      'Compared were its facts and every figure in the database with the digest it was made with:',
    )
    const told = readToldRelease(await readReleaseText(store.pool, release))
    for (const { name, value } of toldLines(told, release.signed?.key ?? 'not signed yet')) {
      print(`  ${name}: ${value}`)
    }
    print(`  SHA-256: ${digest}`)
    print(`  Signature: ${SIGNATURES[signature]}`)
  }
  return same && (signature === 'genuine' || signature === 'not-signed') ? DONE : FAULT
}

/** What the signature beside a release came to, in the programme's own database. */
const SIGNATURES: Readonly<Record<CheckedFile['outcome'], string>> = {
  genuine: 'of this text, by the key above',
  changed: 'not of this text: somebody changed it, or the signature',
  'other-key': 'by another key',
  'not-signed': 'none yet',
}

/** Says why something of releases was refused. */
export function sayRefused(
  code:
    | 'nothing-to-release'
    | 'release-in-doubt'
    | 'release-unknown'
    | 'not-released'
    | 'release-in-portal',
): number {
  const { title, fix } = wordsOf(code)
  say(`countonce: ${title} ${fix}`)
  return REFUSED
}
