import { createHash, randomBytes } from 'node:crypto'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { nextAuthSecret } from './next-auth-options.ts'

/** Another token for a form that ends at a route of next-auth's: 64 hexadecimal digits. */
export function newPostToken(): string {
  return randomBytes(32).toString('hex')
}

/**
 * What next-auth's cookie against forged posts holds, for the token of a form of ours; undefined for
 * what is none. Its form is next-auth's: the token, and a SHA-256 of it with the secret.
 */
export function sealPostToken(
  accounts: Pick<AccountContext, 'portalKey'>,
  token: unknown,
): string | undefined {
  if (typeof token !== 'string' || !/^[0-9a-f]{64}$/.test(token)) return undefined
  const digest = createHash('sha256')
    .update(`${token}${nextAuthSecret(accounts)}`)
    .digest('hex')
  return `${token}|${digest}`
}
