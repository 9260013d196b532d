#!/usr/bin/env node
'use strict'
const { existsSync } = require('node:fs')
const { join } = require('node:path')

// A package and a release carry the bundle. A clone makes it when it is missing or older than what is checked out.
const root = join(__dirname, '..')
if (existsSync(join(root, '.git'))) require('../scripts/build-in-clone.cjs').buildIfStale()

// Editors and hooks call validate all the time: it has a file of its own, and is not compiled anew each time.
if (process.argv[2] === 'validate') require('./run-compiled.js').runCompiled(join(root, 'dist/validate.cjs'))
else import('../dist/cli.js')
