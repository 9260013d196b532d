import { SWITCHES } from '../kinds/enhanced-measurement.ts'
import { ofKind, type LiveState } from './live.ts'

/** The switches of enhanced measurement as GA4 has them now, by the plan's words; undefined where they were not read. */
export function liveMeasurement({
  ga4,
}: Pick<LiveState, 'ga4'>): { readonly [toggle in keyof typeof SWITCHES]: boolean } | undefined {
  const [there] = ofKind(ga4, 'ga4/enhanced-measurement')
  if (there === undefined) return undefined
  const isOn = there.spec['streamEnabled'] === true
  const switches = Object.entries(SWITCHES).map(([toggle, field]) => [
    toggle,
    isOn && there.spec[field] === true,
  ])
  return Object.fromEntries(switches) as { [toggle in keyof typeof SWITCHES]: boolean }
}

/** All of them on, or all off. */
export function allSwitches(on: boolean): { readonly [toggle: string]: boolean } {
  return Object.fromEntries(Object.keys(SWITCHES).map((toggle) => [toggle, on]))
}
