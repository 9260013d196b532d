'use strict'
/**
 * Runs a CommonJS file with the code that V8 made of it the last time, which is kept in the user's cache folder. Node 22
 * has this as `module.enableCompileCache`; Node 20 has not. Without the folder, or with a damaged one, it is compiled anew.
 */
const {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const Module = require('node:module')
const { homedir } = require('node:os')
const { basename, dirname, join } = require('node:path')
const vm = require('node:vm')

const made = new Map()

/** Files of ours that ask for each other by these names. */
const OURS = ['./shared.cjs', './main.cjs']

/**
 * @param file holds a function of what Node gives to a CommonJS module, as an expression, in ASCII.
 * @param use what is kept is what has been run, so that uses that differ are kept apart.
 * @returns what the file exports. Like `require`, it is run once.
 */
exports.runCompiled = (file, use) => {
  if (made.has(file)) return made.get(file).exports
  const module = Object.assign(new Module(file), { filename: file, loaded: true })
  made.set(file, module)
  const cache = cacheFile(file, use)
  const cachedData = readOrNothing(cache)
  const script = new vm.Script(readFileSync(file, 'latin1'), { filename: file, cachedData })
  // At the end, when the functions that are needed have been compiled.
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => writeOrNothing(`${basename(file)}-${use}-`, cache, script))
  const ask = Module.createRequire(file)
  const requireBeside = (name) =>
    OURS.includes(name) ? exports.runCompiled(join(dirname(file), name), use) : ask(name)
  script.runInThisContext()(module, module.exports, requireBeside, file, dirname(file), imported)
  return module.exports
}

const imported = (name) => import(name)

/**
 * V8 itself tells another version of V8 and other flags, but not another text of the same length: a release by its version
 * (installers may give every file one time), a clone's bundle by its time.
 */
function cacheFile(file, use) {
  const { mtimeMs, size } = statSync(file)
  const { version } = require('../package.json')
  const time = Math.round(mtimeMs)
  const name = `${basename(file)}-${use}-${version}-${process.version}-${process.arch}-${size}-${time}.v8`
  const base = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), '.cache')
  return join(base, 'measurement-plan', name)
}

function readOrNothing(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Beside and renamed, so that nobody reads half of it; older ones go. */
function writeOrNothing(prefix, path, script) {
  try {
    const folder = dirname(path)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder))
      if (name.startsWith(prefix) && name.endsWith('.v8')) rmSync(join(folder, name), { force: true })
    const beside = `${path}.${process.pid}`
    writeFileSync(beside, script.createCachedData(), { mode: 0o600 })
    renameSync(beside, path)
  } catch {
    // A cache that cannot be written is none.
  }
}
