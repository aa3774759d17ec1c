import type { Gender, Role } from '#core/standard/roles.ts'
import type { Pseudonyms } from '#core/pseudonym/kinds.ts'

/**
 * What linkage reads and what it answers. A part is a set of records closed under possible edges,
 * so it can be decided by itself: deciding two parts together gives what deciding each gives.
 */

/**
 * One record as linkage sees it. A pseudonym is any string that is equal exactly when the
 * pseudonyms are; null is blank.
 */
export interface LinkRecord extends Pseudonyms {
  /** Identity of the record; decides nothing (no tie is broken by it). */
  readonly id: number
  readonly service: string
  readonly quarter: string
  readonly submission: number
  readonly sourceRow: number
  readonly role: Role
  readonly birth: string
  readonly gender: Gender
  readonly ward: string
  /** The epoch of the source key the record was made under; vetoes hold within one epoch. */
  readonly epoch: number
}

/** A side of a decision: a client pseudonym with what told it apart when it was made. */
export interface DecisionSide {
  readonly client: string
  readonly birth: string
  readonly gender: Gender
  readonly nameBirth: string | null
}

/**
 * A reviewer's standing decision. `nhs-wrong` says that the NHS number on `left` (with pseudonym
 * `nhsNumber`) is not that person's.
 */
export type Decision =
  | {
      readonly kind: 'same'
      readonly left: DecisionSide
      readonly right: DecisionSide
      readonly order: number
    }
  | {
      readonly kind: 'different'
      readonly left: DecisionSide
      readonly right: DecisionSide
      readonly order: number
    }
  | {
      readonly kind: 'nhs-wrong'
      readonly left: DecisionSide
      readonly nhsNumber: string
      readonly order: number
    }

/**
 * The rule that joined, strongest first. `bridge`: one row of a bridge quarter, made under both
 * source keys.
 */
export type RuleName =
  | 'bridge'
  | 'decided'
  | 'nhs'
  | 'client'
  | 'child'
  | 'person'
  | 'name-and-support'
  | 'birth-postcode-and-contact'
  | 'name-and-home'
  | 'birth-swapped'
  | 'name-otherwise'
  | 'sound'
  | 'name'
  | 'sound-alone'
  | 'email'
  | 'mobile'

/** Why two records are one person: a spanning edge of the beneficiary. */
export interface Join {
  readonly left: number
  readonly right: number
  readonly rule: RuleName
  /** What agreed, as the names of pseudonyms (see pseudonymName). */
  readonly agreed: readonly string[]
}

/** Records that evidence brought together and a veto or guard kept apart; queued for a person. */
export interface Doubt {
  readonly kind: 'conflict' | 'near-match'
  /**
   * Stable code: e.g. `different-nhs-numbers`, `reference-used-again`, `shared-mailbox`, `twins`,
   * `name-birth-elsewhere`.
   */
  readonly code: string
  readonly rule: RuleName | null
  /** The record ids of each side, each sorted. */
  readonly sides: readonly (readonly number[])[]
}

/** The decision over one part. Arrays run parallel to the records given. */
export interface PartDecision {
  /** Index of the beneficiary of each record, from 0 in order of first appearance. */
  readonly beneficiary: Int32Array
  /** Index of the family of each record's beneficiary, or −1 for an adult without ties. */
  readonly family: Int32Array
  /**
   * Index of the person under joins by decided, nhs, client and child alone: distinct values are
   * the upper bound.
   */
  readonly upper: Int32Array
  /**
   * Index of the connected component of joins, conflicts and near matches that vetoes 3 to 5 do not
   * bar: see `lower bound`.
   */
  readonly lower: Int32Array
  /**
   * Index of the NHS number each record counts with in the lower bound, or −1: blank, or said to be
   * wrong. One person's numbers under two source keys are one. Of any rows, the lower bound is the
   * sum over their distinct `lower` of max(1, distinct `nhs`).
   */
  readonly nhs: Int32Array
  readonly joins: readonly Join[]
  readonly doubts: readonly Doubt[]
}

/**
 * Contacts (own or carer's email or mobile pseudonyms) carried by more people than the programme
 * allows: no evidence anywhere.
 */
export type SharedContacts = ReadonlySet<string>
