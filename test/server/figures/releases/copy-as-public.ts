import { createHash } from 'node:crypto'
import { releaseText } from '#core/disclosure/release-text.ts'
import { releasedCells } from '#server/figures/releases/cell-table.ts'
import { readRelease } from '#server/figures/releases/list-releases.ts'
import { signReleases } from '#server/figures/releases/sign-releases.ts'
import { writeRelease } from '#server/figures/releases/write-release.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'

/**
 * A release for the public with the figures of reach of one for the programme, signed and with nothing in doubt: where what the
 * attack leaves of so few people is not what is tried. Answers its reference.
 */
export async function copyAsPublic(
  store: OwnProgrammeStore,
  of: string,
  actor: string,
): Promise<string> {
  const release = await readRelease(store.pool, { reference: of })
  if (release === undefined) throw new Error(`no release ${of}`)
  const facts = {
    ...release,
    ...{ reference: of.replace('REL', 'PUB'), profile: 'public' as const, use: undefined },
  }
  const cells = releasedCells(await run(store.pool, 'releases/read-cells', [release.id, null]))
  const digest = createHash('sha256').update(releaseText(facts, cells)).digest()
  const { firstQuarter, lastQuarter, version, madeAt, settings, strands, services, wards } = facts
  const { linkageVersion, linkagePolicy, keyCheck, programVersion, coverage } = facts
  const written = {
    ...{ reference: facts.reference, profile: facts.profile, firstQuarter, lastQuarter, version },
    ...{ madeAt, settings, linkageVersion, linkagePolicy, keyCheck, programVersion },
    ...{ strands, services, wards, coverage },
  }
  const repair = { hidden: [], inDoubt: 0, rounds: 1, unknowns: 1, solverCalls: 0 }
  await withTransaction(store.pool, (client) =>
    writeRelease(client, written, actor, digest, cells, repair),
  )
  await signReleases(store)
  return facts.reference
}
