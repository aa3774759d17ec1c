import type { VerifySignature } from '#core/disclosure/signed-release.ts'

/**
 * Checks a signature of Ed25519 with the browser's own cryptography. Rejects where the browser has
 * none.
 */
export const verifySignature: VerifySignature = async ({ key, signature }, bytes) => {
  const algorithm = { name: 'Ed25519' }
  const known = await crypto.subtle.importKey('raw', bytesOf(key), algorithm, false, ['verify'])
  return crypto.subtle.verify(algorithm, known, bytesOf(signature), bytes)
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
