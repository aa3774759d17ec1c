import pg from 'pg'
import { sha256 } from './account-setting.ts'

/** Whose a link is, and for how many days it serves, as the database has it. */
export async function readOwnLink(databaseUrl: string, link: string): Promise<unknown> {
  const ticket = new URL(link).searchParams.get('link') ?? ''
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(
      `select email, name, role, round(extract(epoch from expires_at - now()) / 86400)::int as days
         from password_link join portal_user on portal_user.id = user_id
        where digest = $1 and used_at is null`,
      [sha256(ticket)],
    )
    return rows[0]
  } finally {
    await client.end()
  }
}
