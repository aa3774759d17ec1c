/**
 * What a person was to the service: `child` is the beneficiary, `parent` a carer, `adult` anybody
 * else of 16 and over.
 */
export type Role = 'child' | 'parent' | 'adult'

/** A role as a file gives it; empty when the file does not say, and the age decides. */
export type GivenRole = Role | ''

export type Gender = 'M' | 'F' | 'X' | 'unknown'
export type YesNo = 'yes' | 'no' | 'unknown'
