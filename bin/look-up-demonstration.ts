import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { quarterOf } from '#core/standard/quarter.ts'
import { makeDemonstrationAccounts } from '#demonstration/demonstration-accounts.ts'
import { carryObjection } from '#demonstration/look-up/carried-objection.ts'
import { birthOf, feedFiles } from '#demonstration/look-up/feed-files.ts'
import { INVENTED_PEOPLE } from '#demonstration/look-up/look-up-people.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { initKeys } from '#server/keys/keys.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { findProgramme } from '#server/programme/register/read-programme.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import { openStore, readProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { ingestFile } from './commands/ingest.ts'
import { alone } from './demonstration.ts'
import { sayNotTaken } from './show-submission.ts'
import { print, say } from './terminal.ts'
import { OPERATOR } from './with-store.ts'

/**
 * Opens the store of the look-up's demonstration, made on the first start. Feeds are of the day: each start on a later
 * day loads them again, as sources do, so that nothing of it is out of date. Throws `programme-exists` where there is
 * a programme that is not this one.
 */
export async function openLookUpDemonstration(dataDir: string): Promise<OwnProgrammeStore> {
  const store = await openStore({ dataDir, env: process.env, onNotice: say })
  try {
    return await alone(store, async () => {
      const found = await findProgramme(store.pool)
      if (found !== undefined && (found.purpose !== 'look-up' || found.live)) {
        throw new Fault('programme-exists')
      }
      if (found === undefined) {
        const made = await initProgramme(store.pool, OPERATOR, LOOK_UP_REGISTER, [])
        if (!made.ok) throw new Fault(made.code)
      }
      await initKeys({ dataDir, env: store.env, demonstration: true, purpose: 'look-up' })
      const programme = await readProgrammeStore(store)
      await loadFeeds(programme, join(dataDir, 'demonstration'))
      const { pool, keys } = programme
      const { portalKey } = keys.portal
      const passwords = argonPasswords()
      const accounts = { pool, portalKey, passwords, programme: programme.programme, keys }
      await makeDemonstrationAccounts(accounts)
      const objection = await carryObjection(programme, new Date())
      if (objection !== undefined) say(`objection ${objection}: carried out`)
      await showSources(programme)
      showPeople()
      return programme
    })
  } catch (error) {
    await store.close()
    throw error
  }
}

async function loadFeeds(store: OwnProgrammeStore, folder: string): Promise<void> {
  const now = new Date()
  const today = dayInLondon(now)
  const sources = await listSources(store.pool, store.programme, now)
  const old = new Set(sources.filter(({ asOf }) => asOf !== today).map(({ code }) => code))
  await mkdir(folder, { recursive: true })
  for (const { service, name, bytes, mapping } of feedFiles(today)) {
    if (!old.has(service)) continue
    const path = join(folder, name)
    await writeFile(path, bytes)
    const result = await ingestFile(store, path, {
      ...{ service, quarter: quarterOf(today), kind: service, dataset: 'production', mapping },
      ...{ leaveOut: true, confirm: true },
    })
    if (!result.ok) {
      sayNotTaken(result)
      throw new Fault('database-refused', { file: name, code: result.code })
    }
    say(`${service}: ${result.file?.rows.accepted ?? 0} rows`)
  }
}

async function showSources({ pool, programme }: OwnProgrammeStore): Promise<void> {
  print(`${programme.name}: sources, all of them invented`)
  print()
  for (const { name, provider, asOf } of await listSources(pool, programme, new Date())) {
    print(`  ${name.padEnd(22)} ${provider.padEnd(32)} as of ${asOf ?? 'never'}`)
  }
}

/** Whom a practitioner of the demonstration can look up, and what the sources hold of each. */
function showPeople(): void {
  const today = dayInLondon(new Date())
  print()
  print('People to look up, all of them invented:')
  print()
  for (const person of INVENTED_PEOPLE) {
    const { first, last, nhs = '', who } = person
    const held = Object.entries(person.with).map(([kind, involvement]) => `${kind} ${involvement}`)
    print(`  ${`${first} ${last}`.padEnd(18)} ${birthOf(person, today)}  ${nhs.padEnd(10)}  ${who}`)
    print(`  ${''.padEnd(18)} ${held.length === 0 ? 'no source has a record' : held.join(', ')}`)
  }
}
