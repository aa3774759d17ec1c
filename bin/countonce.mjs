#!/usr/bin/env node
/** `npx countonce …`: the command line, prepared where needed, under the Node that npm brought. */
import { launch } from './launch.mjs'

await launch('bin/countonce.ts', process.argv.slice(2), { development: false })
