/** The default that GTM's data layer variables and tables may have. */
import type { Parameters } from '../resources/resource.ts'
import type { View } from './gtm.ts'
import type { Scalar, SourceObject } from './source.ts'

export function defaultSaid(whole: SourceObject): { readonly default?: Scalar } {
  return whole.default === undefined ? {} : { default: whole.default }
}

export function defaultView(value: Scalar | undefined): View {
  return value === undefined ? { hasDefault: false } : { hasDefault: true, default: String(value) }
}

/** The way back. */
export function defaultFrom({ setDefaultValue, defaultValue }: Parameters): { readonly default?: string } {
  return setDefaultValue === true && typeof defaultValue === 'string' ? { default: defaultValue } : {}
}

export function otherwise(value: Scalar | undefined): string {
  return value === undefined ? '' : `, else ${JSON.stringify(value)}`
}
