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
const { pathToFileURL } = require('node:url')
const vm = require('node:vm')

const made = new Map()

/**
 * @param use what is kept is what has been run, so that uses that differ are kept apart.
 * @returns what the file exports. Like `require`, it is run once.
 */
exports.runCompiled = (file, use = 'validate') => {
  if (made.has(file)) return made.get(file).exports
  const module = Object.assign(new Module(file), { filename: file, loaded: true })
  made.set(file, module)
  // Whoever requires it later, from an ES module, say, gets the same.
  require.cache[file] = module
  const cache = cacheFile(file, use)
  const cachedData = readOrNothing(cache)
  const source = `(function (module, exports, require, __filename, importBeside) {${readFileSync(file, 'utf8')}\n})`
  const script = new vm.Script(source, { filename: file, cachedData })
  // At the end, when the functions that are needed have been compiled.
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => writeOrNothing(`${basename(file)}-${use}-`, cache, script))
  const importBeside = (name) => import(pathToFileURL(join(dirname(file), name)).href)
  const ask = Module.createRequire(file)
  const requireBeside = (name) =>
    name === './shared.cjs' ? exports.runCompiled(join(dirname(file), name)) : ask(name)
  script.runInThisContext()(module, module.exports, requireBeside, file, importBeside)
  return module.exports
}

/** V8 itself tells another version of V8 and other flags, but not another text of the same length. */
function cacheFile(file, use) {
  const { mtimeMs, size } = statSync(file)
  const name = `${basename(file)}-${use}-${process.version}-${process.arch}-${size}-${Math.round(mtimeMs)}.v8`
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
