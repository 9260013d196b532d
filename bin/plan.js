#!/usr/bin/env node
'use strict'
const { existsSync } = require('node:fs')
const { join } = require('node:path')

require('./short-lived.js').optimiseLater()

// A package and a release carry the bundle. A clone makes it when it is missing or older than what is checked out.
const root = join(__dirname, '..')
if (existsSync(join(root, '.git'))) require('../scripts/build-in-clone.cjs').buildIfStale()

// Editors and hooks call validate all the time: it has a file of its own. What is run is not compiled anew each time: what
// is called often is kept apart, so that it finds what it needs and nothing else.
const { runCompiled } = require('./run-compiled.js')
const OFTEN = ['diff', 'apply', 'compile', 'review', 'status', 'test', 'fmt']
const [, , first, ...more] = process.argv
if (first === 'validate') runCompiled(join(root, 'dist/validate.cjs'), 'validate')
// Editors and installers ask for that alone, and nothing has to be loaded for it.
else if ((first === '--version' || first === '-V') && more.length === 0)
  process.stdout.write(`${require('../package.json').version}\n`)
else void runCompiled(join(root, 'dist/main.cjs'), OFTEN.includes(first) ? first : 'others')['src/cli.ts']
