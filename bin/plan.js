#!/usr/bin/env node
// A package and a release carry the bundle. A clone makes it when it is missing or older than what is checked out.
import { existsSync } from 'node:fs'

const clone = new URL('../.git', import.meta.url)
if (existsSync(clone)) await (await import('../scripts/build-in-clone.js')).buildIfStale()
await import('../dist/cli.js')
