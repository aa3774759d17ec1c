import { createHash } from 'node:crypto'

/** Headers of every answer; the Content-Security-Policy of pages, with its nonce, is set by proxy.ts. */
const HEADERS = [
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not no-referrer: a form would then be sent with Origin null, which every action refuses.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
]

/** Files are no documents: nothing in them runs. */
const FILE_POLICY = {
  key: 'Content-Security-Policy',
  value: "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Set by the build to where it is kept, named by what it was built from.
  distDir: process.env.COUNTONCE_PORTAL_BUILD ?? '.next',
  // Said, so that a lock file in a folder above is not taken for the project's.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  images: { unoptimized: true },
  // `npm run check` does both, with stricter rules.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'app/tsconfig.json' },
  // Loaded from node_modules as the worker does: bundled, they make the build longer by a third.
  serverExternalPackages: [
    '@azure/identity',
    '@azure/keyvault-secrets',
    '@azure/storage-blob',
    '@node-rs/argon2',
    '@simplewebauthn/server',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@zxcvbn-ts/language-common',
    'next-auth',
    'nodemailer',
    'otplib',
    'pg',
    'pg-boss',
  ],
  experimental: {
    authInterrupts: true,
    // More than the portal takes (lib/server/portal/serving/every-answer.ts), which refuses a longer form in words: Next would fail.
    serverActions: { bodySizeLimit: '3mb' },
    // Nobody loads what runs on the server over a network: to shorten it took a quarter of the build, and hid where a fault is.
    serverMinification: false,
    turbopackSourceMaps: false,
    turbopackFileSystemCacheForBuild: false,
  },
  sassOptions: { quietDeps: true },
  generateBuildId: () =>
    createHash('sha256')
      .update(process.env.COUNTONCE_PORTAL_SOURCES ?? 'development')
      .digest('hex')
      .slice(0, 16),
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: HEADERS },
      { source: '/_next/static/:path*', headers: [FILE_POLICY] },
      { source: '/favicon.svg', headers: [FILE_POLICY] },
    ]),
}

export default config
