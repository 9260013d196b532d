/** What a source holds as it is written, with places: for checks of plans that may still be broken. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { HeldText } from './held-text.ts'
import { kindsIn, sourceModule } from './kinds.ts'
import type { Input, Place, SourceModule } from './module.ts'
import type { Said, Scalar, SourceKind } from './source.ts'
import { withSaid } from './text.ts'

/** Whether it names one kind, and so does all that it reads: only then can it be built. */
export function isWhole(source: SourceDocument): boolean {
  if (typeof source !== 'object') return true
  return kindsIn(source).length === 1 && inputsIn(source, '').every(({ value }) => isWhole(value))
}

/** The sources that a source reads. */
export function inputsIn(source: SourceDocument, at: Pointer): readonly Input[] {
  if (typeof source !== 'object') return []
  const { default: fallback, format = {} } = source
  const beside = [
    { at: `${at}/default`, value: fallback },
    ...Object.entries(format).map(([what, value]) => ({ at: at + pointerOf('format', what), value })),
    ...withSaid(source, at),
  ]
  return [
    ...said(source, (module, value) => module.inputsSaid?.(value, at) ?? []),
    ...beside.flatMap(({ at: place, value }) => (typeof value === 'object' ? [{ at: place, value }] : [])),
  ]
}

/** The texts that GTM will hold, without those of its inputs. @param serves the parameter that it fills. */
export function textsIn(source: SourceDocument, at: Pointer, serves: string): readonly HeldText[] {
  if (typeof source === 'string') return [{ at, text: source, sort: 'literal' }]
  if (typeof source !== 'object') return []
  const { default: fallback } = source
  return [
    ...said(source, (module, value) => module.texts(value, at, serves)),
    ...(typeof fallback === 'string'
      ? [{ at: `${at}/default`, text: fallback, sort: 'literal' } as const]
      : []),
  ]
}

/** The values that are known to come out of it. */
export function resultsIn(source: SourceDocument, at: Pointer): readonly Place<Scalar>[] {
  if (typeof source !== 'object') return [{ at, value: source }]
  const { default: fallback, format = {} } = source
  const { case: _, ...replaced } = format
  const beside = [
    { at: `${at}/default`, value: fallback },
    ...Object.entries(replaced).map(([what, value]) => ({ at: at + pointerOf('format', what), value })),
  ]
  return [
    ...beside.flatMap(({ at: place, value }) =>
      value === undefined || typeof value === 'object' ? [] : [{ at: place, value }],
    ),
    ...said(source, (module, value) => module.results?.(value, at) ?? []),
  ]
}

function said<T>(
  source: SourceDocument,
  ask: (module: SourceModule, value: Said<SourceKind>) => readonly T[],
): T[] {
  if (typeof source !== 'object') return []
  return kindsIn(source).flatMap((kind) => {
    const value = source[kind]
    return value === undefined ? [] : ask(sourceModule(kind), value)
  })
}
