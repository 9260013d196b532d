/** The default that GTM's data layer variables and tables may have. */
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { Parameters } from '../resources/resource.ts'
import type { Text, TemplateValues } from './gtm.ts'
import type { Source, SourceObject } from './source.ts'

export function defaultSaid(
  whole: SourceObject,
  build: (source: SourceDocument) => Source,
): { readonly default?: Source } {
  return whole.default === undefined ? {} : { default: build(whole.default) }
}

export function defaultValues(value: Source | undefined, textOf: (source: Source) => Text): TemplateValues {
  return value === undefined ? { hasDefault: false } : { hasDefault: true, default: textOf(value) }
}

/** The default as something that is read itself. */
export function defaultInputs(value: Source | undefined): Source[] {
  return value === undefined || value.kind === 'literal' ? [] : [value]
}

/** The way back; undefined when the language cannot say it. */
export function defaultFrom(
  { setDefaultValue, defaultValue }: Parameters,
  read: (text: string) => SourceDocument | undefined,
): { readonly default?: SourceDocument } | undefined {
  if (setDefaultValue !== true || typeof defaultValue !== 'string') return {}
  const said = read(defaultValue)
  return said === undefined ? undefined : { default: said }
}

export function otherwise(value: Source | undefined, words: (source: Source) => string): string {
  return value === undefined ? '' : `, else ${words(value)}`
}
