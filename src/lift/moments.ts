/**
 * One trigger may stand for several moments: a pattern of event names, the states of a video. What a variable is at such
 * a moment is known then, so that `{{Event}}` in the name of an event is a name.
 */
import { holdsBraces } from '../resources/braces.ts'
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
    return names.map((name) => ({
      spec: { ...spec, customEventFilter: [exactly(name)] },
      known: { Event: name, _event: name },
    }))
  }
  if (spec.type === 'youTubeVideo') return videoMoments(spec)
  if (spec.type === 'scrollDepth') return scrollMoments(spec)
  return [{ spec, known: {} }]
}

function exactly(name: string): ConditionSpec {
  return { type: 'equals', arg0: '{{_event}}', arg1: name, negate: false, ignoreCase: false }
}

/** The names that an event filter lets through, where they can be listed: one, or a pattern of alternatives. */
export function namesIn({ type, arg1, negate, ignoreCase }: ConditionSpec): readonly string[] | undefined {
  if (negate || ignoreCase || holdsBraces(arg1)) return undefined
  if (type === 'equals') return [arg1]
  if (type !== 'matchRegex') return undefined
  const bare = arg1.replace(/^\^?\((?:\?:)?([^()]*)\)\$?$/, '$1')
  const names = bare.split('|').map((each) => each.trim().replace(/^\^/, '').replace(/\$$/, ''))
  return names.length > 0 && names.every((name) => /^[\w.-]+$/.test(name) && !/^\.+$/.test(name))
    ? [...new Set(names)]
    : undefined
}

/** Whether a pattern of alternatives lets through more than the names that it lists. */
export function isOpen({ type, arg1 }: ConditionSpec): boolean {
  return type === 'matchRegex' && !/^\^\([^()]*\)\$$/.test(arg1) && !/^\^[^|]*\$(\|\^[^|]*\$)*$/.test(arg1)
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
