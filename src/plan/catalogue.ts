/** Ready-made conversions: what people usually measure, with the best trigger for it and a second choice. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Evidence, Micro, ParameterDefinition } from './plan-types.ts'

/** A micro conversion without the goals it feeds, which are the plan's own, and without the day of its estimates. */
export type ReadyConversion = Omit<Micro, 'feeds' | 'evidence'> & {
  readonly evidence?: Omit<Evidence, 'asOf'>
}

export interface CatalogueEntry {
  readonly id: string
  readonly title: string
  /** What people may call it. */
  readonly words: readonly string[]
  readonly conversion: ReadyConversion
  /** What to write instead, and when. */
  readonly fallback?: Partial<ReadyConversion> & { readonly when: string }
  /** Entries of the dictionary that its parameters need. */
  readonly parameters: { readonly [name: string]: ParameterDefinition }
  /** The file as it is written, comments and all. */
  readonly text: string
}

/** Reads all entries, in the order of their ids. */
export async function readCatalogue(folder: string): Promise<readonly CatalogueEntry[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8')
      return parseEntry(file.slice(0, -'.yaml'.length), text)
    }),
  )
}

function parseEntry(id: string, text: string): CatalogueEntry {
  const entry = parse(text) as Omit<CatalogueEntry, 'id' | 'text'>
  return { ...entry, id, text, words: entry.words ?? [], parameters: entry.parameters ?? {} }
}

/** The dictionary entries that come with the conversion: of those that it sends, not those of its second choice. */
export function sentParameters({
  conversion,
  parameters,
}: Pick<CatalogueEntry, 'conversion' | 'parameters'>): readonly (readonly [string, ParameterDefinition])[] {
  return Object.entries(parameters).filter(([name]) => Object.hasOwn(conversion.parameters ?? {}, name))
}

/** The conversion with the day on which its estimates came into a plan, as 2026-11-22. */
export function datedOn(day: string, { evidence, ...rest }: ReadyConversion): Omit<Micro, 'feeds'> {
  return evidence === undefined ? rest : { ...rest, evidence: { ...evidence, asOf: day } }
}

/** The entries that have every word of what is asked for in their id, title, event, description or synonyms. */
export function searchCatalogue(entries: readonly CatalogueEntry[], asked = ''): readonly CatalogueEntry[] {
  const wanted = asked
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => !FILLERS.has(word))
    .map(singular)
  return entries.filter(({ id, title, words, conversion, fallback }) => {
    const { title: name, event, description } = conversion
    const texts = [id, title, name, event, description, fallback?.event, ...words]
    const text = texts.join('\n').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

const FILLERS = new Set(['', 'a', 'an', 'the', 'of', 'on', 'in', 'for', 'to', 'our', 'my', 'us'])

function singular(word: string): string {
  return word.length > 3 ? word.replace(/(?<!s)s$/, '') : word
}

/** The conversion with its second choice in place of the first. */
export function withFallback({ conversion, fallback }: CatalogueEntry): ReadyConversion | undefined {
  if (fallback === undefined) return undefined
  const instead = without(fallback, ['when'])
  const isTag = (instead.source ?? 'ga4') === 'ga4' && (instead.collectedBy ?? 'tag') === 'tag'
  // Parameters and ecommerce belong to the trigger: the first choice's would read what is not there.
  const replaced = ['parameters', 'ecommerce', isTag ? 'collectedBy' : 'trigger'] as const
  return { ...without(conversion, replaced), ...instead }
}

function without<T extends object, K extends keyof T>(value: T, names: readonly K[]): Omit<T, K> {
  const kept = Object.entries(value).filter(([name]) => !names.includes(name as K))
  return Object.fromEntries(kept) as Omit<T, K>
}

/** A table for people, in 80 columns: id, what it is, and how it is measured where that is not by an event of its name. */
export function renderCatalogue(entries: readonly CatalogueEntry[]): string {
  const width = Math.max(...entries.map(({ id }) => id.length))
  return entries
    .map((entry) => `${entry.id.padEnd(width)}  ${[entry.title, ...howMeasured(entry)].join(' · ')}\n`)
    .join('')
}

function howMeasured({ id, conversion }: CatalogueEntry): readonly string[] {
  const { event, source = 'ga4', collectedBy = 'tag' } = conversion
  if (source !== 'ga4') return [`counted by the ${source === 'crm' ? 'CRM' : source}`]
  const named = event === undefined || event === id ? [] : [event]
  return collectedBy === 'tag' ? named : [...named, collectedBy.replaceAll('_', ' ')]
}
