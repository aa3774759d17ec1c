import { unzipSync } from 'fflate'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { fetchExtract, openProject } from '#server/figures/extracts/research-projects.ts'
import { openExtract } from '#server/figures/extracts/sealed-extract.ts'
import { approveExtract, askExtract, type WantedExtract } from '#server/jobs/acts/extract-acts.ts'
import { makeBackupKey, writeRecipient } from '#server/keys/backup-key.ts'
import type { KeyPair } from '#server/platform/secrets/key-agreement.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { doAct, OFFICER, SECOND } from '../../jobs/carrying-out/rights-setting.ts'

/** A project and its extracts, from the asking to the file as researchers open it. */

const PAIR: KeyPair = makeBackupKey()

export interface At {
  readonly pool: OwnProgrammeStore['pool']
  readonly now: () => Date
}

export async function openResearch(at: At, endsOn: string): Promise<string> {
  const opened = await openProject(at, OFFICER, {
    ...{ title: 'Early speech', purpose: 'Who is reached when.', people: ['Ro, a university'] },
    ...{ legalBasis: 'public-task', environment: 'A safe haven', endsOn },
    recipient: writeRecipient(PAIR),
    approvals: [{ givenBy: 'Ethics board', givenOn: '2024-01-05' }],
  })
  if (!opened.ok) throw new Error(opened.code)
  return opened.reference
}

export const WANTED: Omit<WantedExtract, 'project'> = {
  variables: ['kind', 'birth', 'ward', 'certainty'],
  ...{ cohort: 'everybody', firstQuarter: '2024-Q1', lastQuarter: '2024-Q4' },
}

export function ask(at: At, project: string, wanted: Partial<WantedExtract> = {}) {
  const fresh = freshFor(OFFICER, askingAct('research-extract'), at.now())
  return askExtract(at, OFFICER, { ...WANTED, ...wanted, project }, fresh)
}

/** Asked, approved: answers the extract and the act that a worker is sent. */
export async function agree(
  at: At,
  project: string,
  wanted: Partial<WantedExtract> = {},
  second: Actor = SECOND,
): Promise<{ readonly extract: string; readonly act: string }> {
  const asked = await ask(at, project, wanted)
  if (!asked.ok) throw new Error(asked.code)
  const { extract, approval } = asked
  const shown = { extract, boundTo: approval.boundTo }
  const fresh = freshFor(second, approvingAct(approval.reference), at.now())
  const approved = await approveExtract(at, second, shown, fresh)
  if (!approved.ok) throw new Error(approved.code)
  return { extract, act: approved.id }
}

/** Asked, approved and made; answers the extract. */
export async function give(
  store: OwnProgrammeStore,
  project: string,
  wanted: Partial<WantedExtract> = {},
): Promise<string> {
  const { extract, act } = await agree(here(store), project, wanted)
  const ended = await doAct(store, act)
  if (ended !== 'done') throw new Error(ended)
  return extract
}

export function here({ pool }: Pick<OwnProgrammeStore, 'pool'>): At {
  return { pool, now: () => new Date() }
}

/** The files of an extract as its environment opens them, by name, as text. */
export async function filesOf(
  store: OwnProgrammeStore,
  extract: string,
): Promise<Readonly<Record<string, string>>> {
  const files = await bytesOf(store, extract)
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  )
}

/** The same as bytes. */
export async function bytesOf(
  store: OwnProgrammeStore,
  extract: string,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const fetched = await fetchExtract(here(store), OFFICER, extract)
  if (!fetched.ok) throw new Error(fetched.code)
  return unzipSync(openExtract(PAIR, extract, fetched.sealed))
}

/** The rows of a plain CSV file without its headings. */
export function rowsOf(text: string | undefined): string[][] {
  return (text ?? '')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}
