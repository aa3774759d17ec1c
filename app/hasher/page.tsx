import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { may } from '#server/identity/actors/actor.ts'
import { listHasherFiles, type HasherFile } from '#server/portal/screens/hasher-files.ts'
import { DataTable } from '../components/data-table.tsx'
import { Folded } from '../components/folded.tsx'
import { BackLink } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Hash at source' }

const FORMS: Readonly<Record<HasherFile['form'], string>> = {
  page: 'The page, for any computer with Edge, Chrome or Firefox',
  windows: 'The program for Windows, without a page, for a scheduler',
  linux: 'The same for Linux',
  macos: 'The same for a Mac with an Apple chip',
}

/** What the hasher is, for whom it is, and where to get it. */
export default async function HasherPage(): Promise<ReactNode> {
  const actor = await requireActor('hasher.get')
  const { portal, accounts } = await openRequest()
  const listed = await listHasherFiles(accounts.pool, actor, portal.settings.hasherDir)
  if (!listed.ok) return turnAway()
  const { files } = listed
  return (
    <TwoThirds>
      <BackLink href={addresses.home} text="Home" />
      <h1 className="govuk-heading-l">Hash at source</h1>
      <p className="govuk-body-l">
        For organisations that may not send names, dates of birth or NHS numbers to anybody, not
        even to Count Once.
      </p>
      <p className="govuk-body">
        The hasher is one file that you open in your browser. It reads your list on your own
        computer and makes a new file of it, in which every name, number, date of birth, address and
        postcode has been replaced by a code (a keyed pseudonym). You upload that file here. The
        hasher cannot connect to anything, installs nothing and keeps nothing when it is closed.
      </p>
      <p className="govuk-body">
        People are counted exactly as if you had uploaded the list itself. If you may upload your
        list, you do not need the hasher: Count Once makes the same codes when your file arrives.
      </p>
      <h2 className="govuk-heading-m">Download</h2>
      {files.length === 0 ? (
        <NoneBuilt isAdministrator={may(actor, 'key.export')} />
      ) : (
        <Files files={files} />
      )}
      <h2 className="govuk-heading-m">What else you need</h2>
      <ul className="govuk-list govuk-list--bullet">
        <li>the key file and, sent to you another way, its passphrase</li>
        <li>the area file, if you were sent one: it knows the services and the wards</li>
        <li>your list of the quarter, as an Excel workbook or a CSV file</li>
      </ul>
      <p className="govuk-body">
        {may(actor, 'key.export')
          ? 'Key files and area files are made on the command line, and two administrators must agree: see System.'
          : 'Ask the programme for the first two. Keep the key file and its passphrase apart.'}
      </p>
      <h2 className="govuk-heading-m">How it works</h2>
      <ol className="govuk-list govuk-list--number">
        <li>Save the page to your computer or a shared drive and open it with a double click.</li>
        <li>Open your key and compare its check value with the one the programme told you.</li>
        <li>Choose service, quarter and your list, and match its columns.</li>
        <li>Fix what must be fixed, or leave those rows out.</li>
        <li>
          Save three files: NAME.csv, NAME.manifest.json and NAME.manifest.hmac. Upload all three
          together, for the service and quarter they belong to.
        </li>
      </ol>
      <p className="govuk-body">The full guide is at the foot of that page.</p>
    </TwoThirds>
  )
}

function Files({ files }: { readonly files: readonly HasherFile[] }): ReactNode {
  return (
    <>
      <DataTable
        caption="Forms of the hasher"
        isCaptionHidden
        columns={['What', 'Size']}
        rows={files.map(({ name, form, bytes, sha256 }) => ({
          key: name,
          cells: [
            <>
              <a className="govuk-link" href={addresses.hasherFile(name)} download>
                {name}
              </a>
              <span className="app-cell-note">{FORMS[form]}</span>
              <span className="app-cell-note">
                SHA-256 <code>{sha256}</code>
              </span>
            </>,
            sizeWords(bytes),
          ],
        }))}
      />
      <Folded text="What the SHA-256 is for">
        <p className="govuk-body">
          It shows that the file reached you unchanged. Compare it once, before you first open the
          file. On Windows, type this in the folder it is in:
        </p>
        <p className="govuk-body">
          <code className="app-code">certutil -hashfile {files[0]?.name} SHA256</code>
        </p>
      </Folded>
    </>
  )
}

function sizeWords(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${String(Math.ceil(bytes / 1024))} kB`
    : `${String(Math.round(bytes / (1024 * 1024)))} MB`
}

function NoneBuilt({ isAdministrator }: { readonly isAdministrator: boolean }): ReactNode {
  return (
    <p className="govuk-inset-text">
      {isAdministrator ? (
        <>
          No download has been built yet. On the portal’s own machine,{' '}
          <code>npm run hasher page</code> builds the page and <code>npm run hasher</code> the
          programs as well; then open this page again.
        </>
      ) : (
        'There is nothing to download here yet. Ask the programme for the hasher.'
      )}
    </p>
  )
}
