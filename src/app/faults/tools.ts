/** The tools that are dragged onto the figure: three for links, one for processes. */
import type { IconName } from '../../views/marks/iconPaths.ts';

export type LinkTool = 'cut' | 'slow' | 'lossy';
export type Tool = LinkTool | 'kill';

export const tools: readonly Tool[] = ['cut', 'slow', 'lossy', 'kill'];

export const iconOfTool: Readonly<Record<Tool, IconName>> = {
  cut: 'scissors',
  slow: 'knot',
  lossy: 'die',
  kill: 'skull',
};
/** The key that does the same to what is selected. */
export const keyOfTool: Readonly<Record<Tool, string>> = { cut: 'X', slow: 'N', lossy: 'D', kill: 'K' };
