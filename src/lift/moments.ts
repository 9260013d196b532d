/**
 * One trigger may stand for several moments: a pattern of event names, the states of a video. What a variable is at such
 * a moment is known then, so that `{{Event}}` in the name of an event is a name. A pattern without anchors lets through more
 * than it lists (GTM-RUNTIME 5.2): the rest is a moment of its own, whose name only the page knows.
 */
import { canonicalJson } from '../resources/canonical-json.ts'
import { holdsBraces } from '../resources/braces.ts'
import { isHeld } from '../resources/holds.ts'
import type { ConditionSpec, TriggerSpec } from '../resources/resource.ts'

export interface SingleMoment {
  readonly spec: TriggerSpec
  /** What variables are at this moment. */
  readonly known: { readonly [name: string]: string }
}

/** The moments of a trigger; itself where it stands for one. */
export function momentsOf(spec: TriggerSpec): readonly SingleMoment[] {
  const [event, ...more] = spec.customEventFilter
  if (spec.type === 'customEvent' && event !== undefined && more.length === 0) {
    const names = namesIn(event)
    if (names === undefined) return [{ spec, known: {} }]
    const listed = names.flatMap((name): SingleMoment[] => {
      const filter = spec.filter.filter((each) => isHeldOn(each, name) !== true)
      if (filter.some((each) => isHeldOn(each, name) === false)) return []
      return [
        {
          spec: { ...spec, customEventFilter: [exactly(name)], filter },
          known: { Event: name, _event: name },
        },
      ]
    })
    return isOpen(event) ? [...listed, { spec: exceptFor(names, spec), known: {} }] : listed
  }
  if (spec.type === 'youTubeVideo') return videoMoments(spec)
  if (spec.type === 'scrollDepth') return scrollMoments(spec)
  return [{ spec, known: {} }]
}

function exactly(name: string): ConditionSpec {
  return { type: 'equals', arg0: '{{_event}}', arg1: name, negate: false, ignoreCase: false }
}

/** All that a pattern lets through beside the names that it lists. */
function exceptFor(names: readonly string[], spec: TriggerSpec): TriggerSpec {
  const pattern = `^(${[...names]
    .sort()
    .map((name) => name.replaceAll('.', '\\.'))
    .join('|')})$`
  const others: ConditionSpec = {
    type: 'matchRegex',
    arg0: '{{Event}}',
    arg1: pattern,
    negate: true,
    ignoreCase: false,
  }
  const isSaid = spec.filter.some((each) => canonicalJson(each) === canonicalJson(others))
  return isSaid ? spec : { ...spec, filter: [...spec.filter, others] }
}

/** Whether a condition on the name of the event holds on this one; undefined for every other. */
export function isHeldOn(condition: ConditionSpec, name: string): boolean | undefined {
  if (!EVENT_NAME.has(condition.arg0)) return undefined
  const isSo = isHeld(condition, name)
  return isSo === undefined ? undefined : isSo !== condition.negate
}

const EVENT_NAME: ReadonlySet<string> = new Set(['{{_event}}', '{{Event}}'])

/** The names that an event filter lists: one, or a pattern of alternatives; undefined where it lists none. */
export function namesIn(filter: ConditionSpec): readonly string[] | undefined {
  const { type, arg1, negate, ignoreCase } = filter
  if (negate || ignoreCase || holdsBraces(arg1)) return undefined
  if (type === 'equals') return [arg1]
  if (type !== 'matchRegex') return undefined
  const bare = arg1.replace(/^\^?\((?:\?:)?([^()]*)\)\$?$/, '$1')
  const names = bare.split('|').map((each) =>
    each
      .replace(/^\^/, '')
      .replace(/\$$/, '')
      .replace(/\\([.-])/g, '$1'),
  )
  return names.every((name) => /^[\w.-]+$/.test(name) && !/^\.+$/.test(name) && isHeld(filter, name) === true)
    ? [...new Set(names)]
    : undefined
}

/** Whether a pattern of alternatives lets through more than the names that it lists. */
export function isOpen({ type, arg1 }: ConditionSpec): boolean {
  if (type !== 'matchRegex') return false
  const isAnchored = /^\^\([^()]*\)\$$/.test(arg1) || /^\^[^|]*\$(\|\^[^|]*\$)*$/.test(arg1)
  return !isAnchored || /(?<!\\)\./.test(arg1)
}

const VIDEO_STATES = [
  ['captureStart', 'start'],
  ['captureComplete', 'complete'],
  ['capturePause', 'pause'],
  ['captureProgress', 'progress'],
] as const

function videoMoments(spec: TriggerSpec): readonly SingleMoment[] {
  const asked = VIDEO_STATES.filter(([field]) => spec.parameters[field] === true)
  return asked.map(([field, state]) => {
    const { progressThresholdsPercent, progressThresholdsTimeInSeconds, radioButtonGroup1, ...rest } =
      spec.parameters
    const progress = {
      ...(progressThresholdsPercent === undefined ? {} : { progressThresholdsPercent }),
      ...(progressThresholdsTimeInSeconds === undefined ? {} : { progressThresholdsTimeInSeconds }),
      ...(radioButtonGroup1 === undefined ? {} : { radioButtonGroup1 }),
    }
    const states = Object.fromEntries(VIDEO_STATES.map(([each]) => [each, each === field]))
    return {
      spec: {
        ...spec,
        parameters: { ...rest, ...states, ...(field === 'captureProgress' ? progress : {}) },
      },
      known: { 'Video Status': state },
    }
  })
}

function scrollMoments(spec: TriggerSpec): readonly SingleMoment[] {
  const { verticalThresholdOn, verticalThresholdUnits, verticalThresholdsPercent, horizontalThresholdOn } =
    spec.parameters
  const depths =
    typeof verticalThresholdsPercent === 'string'
      ? verticalThresholdsPercent.split(',').map((each) => each.trim())
      : []
  const isPlain =
    verticalThresholdOn === true && horizontalThresholdOn !== true && verticalThresholdUnits === 'PERCENT'
  if (!isPlain || depths.length === 0 || !depths.every((each) => /^\d+$/.test(each)))
    return [{ spec, known: {} }]
  return depths.map((depth) => ({
    spec: { ...spec, parameters: { ...spec.parameters, verticalThresholdsPercent: depth } },
    known: { 'Scroll Depth Threshold': depth },
  }))
}
