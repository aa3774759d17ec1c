import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { auditFlawWords, type AuditReport } from '#core/messages/operating/audit-words.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { anchorsAreElsewhere } from '#server/jobs/anchoring/anchor-place.ts'
import { checkAudit } from '#server/jobs/anchoring/check-audit.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { readPublicKey, writePublicKey } from '#server/keys/public-key.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, REFUSED, say } from '../terminal.ts'
import { dataFolder, withStore } from '../with-store.ts'

/** countonce audit: whether the trail is as it was written, and its anchors. */
export function addAuditCommand(program: Command): void {
  const audit = program.command('audit').description('the audit trail and its anchors')
  addVerify(audit)
  addKey(audit)
  addAnchor(audit)
}

/** What a folder of anchors is worth: said each time, since the check passes all the same. */
const IN_A_FOLDER =
  'The anchors lie in a folder of this machine, which protects less than storage elsewhere that nobody can change: whoever has the machine can write trail, anchors and key again. Set ANCHOR_STORAGE, and check with --anchors and --key against a copy of your own.'

interface VerifyOptions extends GlobalOptions {
  anchors?: string
  key?: string
  json?: boolean
}

function addVerify(audit: Command): void {
  const command = audit
    .command('verify')
    .description('check every entry, the chain that holds them together, and the anchors')
    .option('--anchors <folder>', 'a copy of the anchors of your own, instead of the programme’s')
    .option('--key <key>', 'the public key that you noted, as letters or as a PEM file')
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, anchors, key, json }: VerifyOptions) => {
    if (anchors !== undefined && !existsSync(anchors)) {
      throw new UsageError(`there is no folder ${anchors}.`)
    }
    const own = { folder: anchors, key: key === undefined ? undefined : parseKey(key) }
    return withStore(data, async (store) => {
      const report = await checkAudit(store, new Date(), own)
      if (json === true) printJson(report)
      else sayReport(report)
      if (anchors === undefined && !anchorsAreElsewhere(process.env)) say(IN_A_FOLDER)
      return report.isWhole ? DONE : REFUSED
    })
  })
}

function addKey(audit: Command): void {
  const command = audit
    .command('key')
    .description('print the public key that anchors are signed with, for an auditor to note')
  exitWith(command, async ({ data }: GlobalOptions) => {
    const known = await readAnchorKey({ dataDir: dataFolder(data), env: process.env })
    if (known === undefined) {
      say(
        'countonce: there is no key yet. It is made with the first anchor: countonce audit anchor',
      )
      return REFUSED
    }
    print(writePublicKey(known.key))
    return DONE
  })
}

function addAnchor(audit: Command): void {
  const command = audit
    .command('anchor')
    .description('anchor the trail now; a worker does it every hour and at each release')
  exitWith(command, ({ data }: GlobalOptions) =>
    withStore(data, async (store) => {
      const made = await anchorAudit(store, new Date())
      if (made === undefined) print('nothing was appended since the last anchor')
      else print(`anchor ${made.anchor.number} covers ${entries(made.anchor.seq)}`)
      return DONE
    }),
  )
}

function parseKey(given: string): NonNullable<ReturnType<typeof readPublicKey>> {
  const key = readPublicKey(existsSync(given) ? readFileSync(given, 'utf8') : given)
  if (key === undefined) throw new UsageError('--key is not a public key of anchors.')
  return key
}

function sayReport(report: AuditReport): void {
  const { isWhole, isYoung, flaws, lastAnchor, uncovered } = report
  for (const flaw of flaws) print(auditFlawWords(flaw))
  print(`${entries(report.entries)}; the digest of the last is ${report.digest}`)
  if (isYoung) print('Not anchored yet: a demonstration is, once it has run an hour.')
  if (lastAnchor !== null) {
    const { number, seq, at } = lastAnchor
    const anchors = counted(report.anchors, 'genuine anchor', 'genuine anchors')
    print(`${anchors}, the last is ${number} of ${at}, over ${entries(seq)}`)
  }
  if (uncovered.since !== null) {
    print(`${entries(uncovered.entries)} not yet protected by an anchor, since ${uncovered.since}`)
  }
  print(isWhole ? 'The audit trail is whole.' : 'The audit trail is not whole.')
}

function entries(count: number): string {
  return counted(count, 'entry', 'entries')
}
