#!/usr/bin/env node
/**
 * `npx countonce-hash …`: the hasher's command line, prepared where needed, under the Node that npm
 * brought.
 */
import { launch } from './launch.mjs'

await launch('desktop-hasher/cli/countonce-hash.ts', process.argv.slice(2), { development: false })
