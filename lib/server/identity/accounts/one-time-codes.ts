import { randomBytes } from 'node:crypto'
import { ScureBase32Plugin, generateSync, generateURI, verifySync } from 'otplib'

/**
 * Seconds a code lasts. ASVS 5.0 V6.5.5 asks for 30 s at most; the one step of grace is recorded in
 * docs/decisions.
 */
const STEP_SECONDS = 30

const base32 = new ScureBase32Plugin()

/** A new seed of 160 random bits. */
export function makeSeed(): Uint8Array {
  return new Uint8Array(randomBytes(20))
}

/** The number of the time-step at a moment. Source: RFC 6238. */
export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_SECONDS)
}

/** Seconds until the next code. */
export function secondsLeft(now: Date): number {
  return STEP_SECONDS - (Math.floor(now.getTime() / 1000) % STEP_SECONDS)
}

/** The code of a moment, six digits. */
export function codeAt(seed: Uint8Array, now: Date): string {
  return generateSync({ secret: seed, epoch: now.getTime() / 1000, period: STEP_SECONDS })
}

/**
 * The time-step whose code this is: the present one or the one before it, never a later one.
 * Undefined when it is neither's. Whether the step was used before is the caller's to settle, in
 * the database.
 */
export function stepOfCode(seed: Uint8Array, code: string, now: Date): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined
  const verdict = verifySync({
    secret: seed,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    period: STEP_SECONDS,
    epochTolerance: [STEP_SECONDS, 0],
  })
  return verdict.valid && 'timeStep' in verdict ? verdict.timeStep : undefined
}

/** A code as a person typed it, without the spaces that apps show in it. */
export function tidyCode(typed: string): string {
  return typed.replace(/[\s-]/g, '')
}

/** What an authenticator app reads from the QR code, and the same seed to type by hand. */
export interface SeedForApp {
  readonly uri: string
  /** Base32 in groups of four. */
  readonly manualKey: string
}

/** Writes a seed for an authenticator app. `label` tells the user's accounts apart in it. */
export function writeSeed(seed: Uint8Array, label: string, issuer: string): SeedForApp {
  const secret = base32.encode(seed, { padding: false })
  return {
    uri: generateURI({ issuer, label, secret, period: STEP_SECONDS }),
    manualKey: secret.replace(/(.{4})(?=.)/g, '$1 '),
  }
}
