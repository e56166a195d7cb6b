/** The words of the frame of deep views. */
import type { ViewName } from './views.ts';

export interface DeepWords {
  readonly views: string;
  readonly names: Readonly<Record<ViewName, string>>;
  readonly margin: string;
  readonly toTry: string;
  readonly partition: string;
  readonly group: string;
  readonly nothing: Readonly<Record<Exclude<ViewName, 'cluster'>, string>>;
}
