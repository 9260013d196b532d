/** The generated types are judged by the compiler: what is right compiles, and each mistake is the one that is marked. */
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { contractOf } from '../../src/docs/contract.ts'
import { renderTypes } from '../../src/docs/types.ts'
import { LISTENERS, planOf, SHOP } from './plan.ts'

const FOLDER = 'test/docs/programs'
const types = renderTypes(contractOf(await planOf(SHOP)), 'plans/shop.yaml')
const program = programOf(['good.ts', 'bad.ts'], types)
const listening = renderTypes(contractOf(await planOf(LISTENERS)), 'plans/shop.yaml')

function programOf(names: readonly string[], generated: string): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const inner = { read: host.readFile.bind(host), exists: host.fileExists.bind(host) }
  const isGenerated = (file: string): boolean => file.endsWith('/plan-events.ts')
  host.readFile = (file) => (isGenerated(file) ? generated : inner.read(file))
  host.fileExists = (file) => isGenerated(file) || inner.exists(file)
  host.getSourceFile = (file, version) => {
    const text = host.readFile(file)
    return text === undefined ? undefined : ts.createSourceFile(file, text, version)
  }
  return ts.createProgram(
    names.map((name) => `${FOLDER}/${name}`),
    options,
    host,
  )
}

function mistakesOf(name: string, of = program): string[] {
  return ts
    .getPreEmitDiagnostics(of)
    .filter(({ file }) => file?.fileName.endsWith(name))
    .map(
      ({ file, start = 0, code }) => `${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}:${code}`,
    )
}

function marksOf(name: string): string[] {
  return readFileSync(`${FOLDER}/${name}`, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const mark = /\/\/ wrong: (\d+)/.exec(line)?.[1]
      return mark === undefined ? [] : [`${index + 1}:${mark}`]
    })
}

test.each(['good.ts', 'bad.ts'])('%s has the mistakes it marks, and no others', (name) => {
  expect(mistakesOf(name)).toEqual(marksOf(name))
})

test('patterns, lists, what is compared and what several conversions read are of their types', () => {
  const program = programOf(['listeners.ts'], listening)
  expect(mistakesOf('listeners.ts', program)).toEqual(marksOf('listeners.ts'))
  expect(mistakesOf('plan-events.ts', program)).toEqual([])
  expect(listening).toContain('but for what any text may match: _sent$')
})

test('the generated file itself has none', () => {
  expect(mistakesOf('plan-events.ts')).toEqual([])
})

test('a title that ends a comment, or an event that is no name, harms nothing', async () => {
  const hostile = SHOP.replace('title: Searched', 'title: "*/ process.exit() /*"').replace(
    'trigger: { dataLayer: search }',
    'trigger: { dataLayer: "1 search; evil" }',
  )
  const text = renderTypes(contractOf(await planOf(hostile)), 'plans/a\nb.yaml')
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022)
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly unknown[] }
  expect(parseDiagnostics).toEqual([])
  expect(text).toContain('export interface Event1SearchEvil')
  expect(source.statements.map(({ kind }) => ts.SyntaxKind[kind])).toEqual([
    ...['TypeAliasDeclaration', 'InterfaceDeclaration', 'InterfaceDeclaration', 'InterfaceDeclaration'],
    ...['InterfaceDeclaration', 'InterfaceDeclaration', 'TypeAliasDeclaration', 'FunctionDeclaration'],
  ])
})
