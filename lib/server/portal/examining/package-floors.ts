/** Versions below which a package has known flaws that matter here; docs/security.md lists the same. */
export const PACKAGE_FLOORS = {
  next: '16.4.5',
  'next-auth': '4.24.15',
  nodemailer: '10.1.4',
  '@prisma/client': '7.10.0',
  otplib: '13.5.0',
} as const

/** Whether a version comes before another; numbers apart by dots, without words. */
export function isBelow(version: string, floor: string): boolean {
  const [one = [], other = []] = [version, floor].map((text) => text.split(/[.-]/).map(Number))
  const at = [0, 1, 2].find((place) => one[place] !== other[place])
  return at !== undefined && (one[at] ?? 0) < (other[at] ?? 0)
}
