import type { KindModule } from './kind.ts'

/** Only on or off: enabling one is all that is ever done, for nobody knows who else uses it. */
export const builtInVariable: KindModule<'gtm/built-in-variable'> = {
  title: 'built-in variable',
  titles: 'built-in variables',
  mark: 'none',
  removal: 'never',
  // It says nothing but its name.
  words: () => [],
}
