#!/usr/bin/env node
'use strict'
const { existsSync } = require('node:fs')
const { join } = require('node:path')

require('./short-lived.js').optimiseLater()

// A package and a release carry the bundle. A clone makes it when it is missing or older than what is checked out.
const root = join(__dirname, '..')
if (existsSync(join(root, '.git'))) require('../scripts/build-in-clone.cjs').buildIfStale()

// Editors and hooks call validate all the time: it has a file of its own. Neither that nor what most commands share is
// compiled anew each time.
const { runCompiled } = require('./run-compiled.js')
const [, , first, ...more] = process.argv
if (first === 'validate') runCompiled(join(root, 'dist/validate.cjs'))
// Editors and installers ask for that alone, and nothing has to be loaded for it.
else if ((first === '--version' || first === '-V') && more.length === 0)
  process.stdout.write(`${require('../package.json').version}\n`)
else {
  runCompiled(join(root, 'dist/shared.cjs'), 'others')
  import('../dist/cli.js')
}
