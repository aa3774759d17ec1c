import { X509Certificate } from 'node:crypto'
import { connect, TLSSocket } from 'node:tls'
import type pg from 'pg'
import { poolOf, type Database } from '#server/platform/db/database.ts'
import type { SignOnSettings } from '#server/identity/sign-on/sign-on-settings.ts'

/** A certificate that something here ends without. */
export interface EndingCertificate {
  /** Whose it is: the address that people open, the database, or what proves the portal on signing on. */
  readonly of: 'portal' | 'database' | 'sign-on'
  readonly endsAt: Date
}

/** Where certificates are shown to this portal. */
export interface CertificatePlaces {
  readonly origin: string
  readonly pool: Database
  readonly signOn: Pick<SignOnSettings, 'credential'> | undefined
}

/** How long whoever shows a certificate is waited for, in milliseconds. */
const PATIENCE = 2_000

/**
 * The certificates that this portal lives by, and when each ends. One that is not shown is not there: an
 * address without TLS has none, and one that does not answer within two seconds is not waited for.
 */
export async function readCertificates({
  origin,
  pool,
  signOn,
}: CertificatePlaces): Promise<readonly EndingCertificate[]> {
  const [ofPortal, ofDatabase] = await Promise.all([shownAt(origin), shownBy(pool)])
  const found = [
    { of: 'portal', endsAt: ofPortal },
    { of: 'database', endsAt: ofDatabase },
    { of: 'sign-on', endsAt: keptFor(signOn) },
  ] as const
  return found.flatMap(({ of, endsAt }) => (endsAt === undefined ? [] : [{ of, endsAt }]))
}

/** For how long what was seen is good, in milliseconds: certificates end on days. */
const GOOD_FOR = 600_000

let seen: { readonly at: number; readonly certificates: ReturnType<typeof readCertificates> }
/** The same, looked at once in ten minutes at most. */
export function lookAtCertificates(
  places: CertificatePlaces,
  now = Date.now(),
): ReturnType<typeof readCertificates> {
  if ((seen as typeof seen | undefined) === undefined || now - seen.at > GOOD_FOR) {
    seen = { at: now, certificates: readCertificates(places) }
  }
  return seen.certificates
}

async function shownAt(origin: string): Promise<Date | undefined> {
  const { protocol, hostname, port } = new URL(origin)
  if (protocol !== 'https:') return undefined
  return new Promise((resolve) => {
    const end = (endsAt: Date | undefined): void => {
      socket.destroy()
      resolve(endsAt)
    }
    // Only its days are read, also of one that nobody trusts any more.
    const socket = connect({
      ...{ host: hostname, servername: hostname, port: port === '' ? 443 : Number(port) },
      rejectUnauthorized: false,
    })
    socket.setTimeout(PATIENCE, () => {
      end(undefined)
    })
    socket.once('error', () => {
      end(undefined)
    })
    socket.once('secureConnect', () => {
      end(endOf(socket))
    })
  })
}

async function shownBy(database: Database): Promise<Date | undefined> {
  const client = await poolOf(database).pool.connect()
  try {
    const { stream } = (client as unknown as pg.Client).connection
    return stream instanceof TLSSocket ? endOf(stream) : undefined
  } finally {
    client.release()
  }
}

function keptFor(signOn: CertificatePlaces['signOn']): Date | undefined {
  if (signOn?.credential.kind !== 'certificate') return undefined
  return new Date(new X509Certificate(signOn.credential.certificate).validTo)
}

function endOf(socket: TLSSocket): Date | undefined {
  const shown = socket.getPeerX509Certificate()
  return shown === undefined ? undefined : new Date(shown.validTo)
}
