import type { Change } from './change-set.ts'

/** One thing that is otherwise on the live site once a version is published. */
export interface GoingLive {
  readonly status: 'added' | 'changed' | 'deleted'
  /** A kind of resource, or Google's word for what the product never writes. */
  readonly kind: string
  readonly name: string
  /** Custom HTML runs whatever it says on every visitor's page. */
  readonly isHtml: boolean
  /** Whose it is, by the mark it carries; undefined for what no plan made. */
  readonly plan?: string
}

/** A version that is to go live, against the one that is. */
export interface Publication {
  /** The number of the version that is live; undefined when none ever was. */
  readonly live?: string
  /** This plan's own, told as changes to what is live, without what the run at hand changes itself. */
  readonly ours: readonly Change[]
  /** Everybody else's, other plans' among them. */
  readonly others: readonly GoingLive[]
  /** Of both, what a plan made and what would then be there twice, so that it counts twice. */
  readonly twice: readonly GoingLive[]
}
