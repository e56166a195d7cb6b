import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative, so that the built page works from any folder of a static host.
  base: './',
  plugins: [react(), preloadLab()],
  build: { target: 'es2023', sourcemap: false },
  // A loaded machine is slow; a test that hangs still ends.
  test: {
    testTimeout: 60_000,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    benchmark: { include: ['src/**/*.bench.ts'] },
  },
});

/**
 * Where the address names a lab, all that it needs is asked for at once: without this each part would be found only when the one before
 * has run. The lesson's words come first.
 */
function preloadLab(): Plugin {
  const first = ['/lab/LabPage.tsx'];
  const later = ['/lab/openLab.ts', '/lab/LabTerminals.tsx'];
  /** The one of the words; that of the terminals can wait for them. */
  const fonts = /-next-latin-wght-normal-.*\.woff2$/;
  /** What `loadLesson.ts` asks for under the lesson's id: the lesson, its words in each language. */
  const lessonModule = /\/course\/lessons\/(\w+)(?:\.\w\w)?\.ts$/;
  return {
    name: 'preload-lab',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []));
        /** Links by file, each once, those that the page has already left out. */
        const links = new Map<string, Readonly<Record<string, string>>>();
        const add = (fileName: string, fetchPriority: 'high' | 'low'): void => {
          if (links.has(fileName) || html.includes(fileName)) return;
          const chunk = chunks.find((one) => one.fileName === fileName);
          links.set(fileName, { rel: 'modulepreload', fetchPriority });
          for (const style of chunk?.viteMetadata?.importedCss ?? [])
            if (!html.includes(style)) links.set(style, { rel: 'preload', as: 'style', fetchPriority });
          for (const imported of chunk?.imports ?? []) add(imported, fetchPriority);
        };
        const addModule = (end: string, fetchPriority: 'high' | 'low'): void => {
          const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)));
          if (chunk !== undefined) add(chunk.fileName, fetchPriority);
        };
        for (const end of first) addModule(end, 'high');
        for (const file of Object.keys(bundle).filter((name) => fonts.test(name)))
          links.set(file, { rel: 'preload', as: 'font', crossOrigin: 'anonymous' });
        for (const end of later) addModule(end, 'low');
        const lessons = new Map<string, string[]>();
        for (const { fileName, facadeModuleId } of chunks) {
          const name = facadeModuleId?.match(lessonModule)?.[1];
          if (name !== undefined) lessons.set(name, [...(lessons.get(name) ?? []), fileName]);
        }
        const list = JSON.stringify([...links].map(([file, link]) => ({ ...link, href: `./${file}` })));
        const children = `if (location.hash.startsWith('#/labo/')) {
        const name = location.hash.slice('#/labo/lesson/'.length).replace(/-(.)/g, (_, letter) => letter.toUpperCase());
        const lesson = (new Map(${JSON.stringify([...lessons])}).get(name) ?? []).map((file) => ({ rel: 'modulepreload', href: './' + file }));
        for (const link of [...lesson, ...${list}]) document.head.append(Object.assign(document.createElement('link'), link));
      }`;
        return chunks.length === 0 ? [] : [{ tag: 'script', children, injectTo: 'head' }];
      },
    },
  };
}
