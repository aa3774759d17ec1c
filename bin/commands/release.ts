import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import type { Quarter } from '#core/standard/quarter.ts'
import { PROFILES, type Profile } from '#core/disclosure/settings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { listReleases, readRelease } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import { verifyRelease } from '#server/figures/releases/verify-release.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { parseQuarter } from '../read-input.ts'
import { recordRefused } from '../consent.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, FAULT, print, printJson, printTable, REFUSED, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  to?: Quarter
  profile: Profile
  csv?: string
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
    .option('--list', 'list the releases there are instead')
    .option('--verify <reference>', 'see whether a release is what its digest says instead')
    .option('--json', 'print one JSON document')
  exitWith(command, (options: Options & GlobalOptions) =>
    withProgramme(options.data, async (store) => {
      if (options.list === true) return list(store, options)
      if (options.verify !== undefined) return verify(store, options.verify, options)
      return make(store, options)
    }),
  )
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
  await anchorAudit(store, new Date())
  const { reference, firstQuarter, lastQuarter, version, shown, hidden } = made
  const release = await readRelease(store.pool, { reference })
  if (release !== undefined && options.csv !== undefined) {
    await writeFile(options.csv, await readReleaseCsv(store.pool, release))
  }
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

async function verify(
  store: OwnProgrammeStore,
  reference: string,
  { json }: Options,
): Promise<number> {
  const release = await readRelease(store.pool, { reference })
  if (release === undefined) return sayRefused('release-unknown')
  const same = await verifyRelease(store.pool, release)
  if (json === true) printJson({ release: reference, digest: release.digest, verified: same })
  else
    print(
      same ? `${reference} is what its digest says.` : `${reference} is not what its digest says.`,
    )
  return same ? DONE : FAULT
}

/** Says why something of releases was refused. */
export function sayRefused(
  code: 'nothing-to-release' | 'release-unknown' | 'not-released' | 'release-in-portal',
): number {
  const { title, fix } = wordsOf(code)
  say(`countonce: ${title} ${fix}`)
  return REFUSED
}
