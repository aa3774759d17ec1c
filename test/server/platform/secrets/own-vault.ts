import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/**
 * The protocol of Azure Key Vault for secrets, as far as it is used (REST reference, version 7.x): the challenge of RFC
 * 6750 that names who to ask for a token, secrets with versions, soft deletion, purging, and lists in pages.
 */

interface Version {
  readonly value: string
  readonly created: number
}

/** A vault that can be told to answer badly. */
export interface OwnVault {
  readonly address: string
  /** Every version there is of each secret, the newest last. */
  readonly secrets: Map<string, Version[]>
  readonly deleted: Map<string, Version[]>
  /** What the next requests are answered instead: a status, or `hang` for nothing at all. */
  readonly answers: (number | 'hang')[]
  /** Requests without and with a token, and other tokens than the right one. */
  readonly asked: { readonly challenged: number; readonly allowed: number }
  purgeIsRefused: boolean
  close(): Promise<void>
}

export const TOKEN = 'a-token-of-the-test'
const PAGE = 3

export async function openOwnVault(): Promise<OwnVault> {
  const secrets = new Map<string, Version[]>()
  const deleted = new Map<string, Version[]>()
  const answers: (number | 'hang')[] = []
  const asked = { challenged: 0, allowed: 0 }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const vault: OwnVault & { purgeIsRefused: boolean } = {
    ...{ address, secrets, deleted, answers, asked, purgeIsRefused: false },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const tell = (status: number, body?: object, headers = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    const fail = (status: number, code: string, headers = {}): void => {
      tell(status, { error: { code, message: 'told by the vault: a-value' } }, headers)
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      asked.challenged += 1
      const challenge =
        'Bearer authorization="https://login.example/tenant", resource="https://vault.example"'
      fail(401, 'Unauthorized', { 'www-authenticate': challenge })
      return
    }
    asked.allowed += 1
    const instead = answers.shift()
    if (instead === 'hang') return
    if (instead !== undefined) {
      fail(instead, 'Instead', instead === 429 ? { 'retry-after': '0' } : {})
      return
    }
    const url = new URL(request.url ?? '', address)
    const [, kind = '', name = ''] = url.pathname.split('/')
    const bundle = (versions: readonly Version[]): object => {
      const last = versions.at(-1)
      const id = `${address}/secrets/${name}/${String(versions.length)}`
      return { id, value: last?.value, attributes: { enabled: true, created: last?.created } }
    }
    const versions = secrets.get(name)
    const gone = deleted.get(name)
    if (kind === 'secrets' && name === '') {
      const from = Number(url.searchParams.get('from') ?? '0')
      const all = [...secrets].sort(([left], [right]) => (left < right ? -1 : 1))
      const value = all.slice(from, from + PAGE).map(([each, of]) => ({
        id: `${address}/secrets/${each}`,
        attributes: { enabled: true, created: of.at(-1)?.created },
      }))
      const isMore = from + PAGE < all.length
      tell(200, { value, nextLink: isMore ? `${address}/secrets?from=${from + PAGE}` : null })
    } else if (kind === 'secrets' && request.method === 'PUT') {
      const { value } = (await json(request)) as { value: string }
      if (gone !== undefined) {
        fail(409, 'ObjectIsDeletedButRecoverable')
        return
      }
      secrets.set(name, [...(versions ?? []), { value, created: Math.floor(Date.now() / 1000) }])
      tell(200, bundle(secrets.get(name) ?? []))
    } else if (kind === 'secrets' && request.method === 'DELETE' && versions !== undefined) {
      secrets.delete(name)
      deleted.set(name, versions)
      tell(200, { ...bundle(versions), recoveryId: `${address}/deletedsecrets/${name}` })
    } else if (kind === 'secrets' && request.method === 'GET' && versions !== undefined) {
      tell(200, bundle(versions))
    } else if (kind === 'deletedsecrets' && request.method === 'GET' && gone !== undefined) {
      tell(200, { ...bundle(gone), recoveryId: `${address}/deletedsecrets/${name}` })
    } else if (kind === 'deletedsecrets' && request.method === 'DELETE' && gone !== undefined) {
      if (vault.purgeIsRefused) {
        fail(403, 'Forbidden')
        return
      }
      deleted.delete(name)
      tell(204)
    } else {
      fail(404, 'SecretNotFound')
    }
  }

  return vault
}
