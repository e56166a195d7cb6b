/** What the first page costs: everything `index.html` asks for at once, gzipped, against its budget. Lazy chunks are listed, not counted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

const budgetBytes = 200_000;
const root = 'dist';
const gzipped = (file: string): number => gzipSync(readFileSync(join(root, file))).length;

const html = readFileSync(join(root, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, file]) => file!);
const firstBytes = first.reduce((sum, file) => sum + gzipped(file), gzipped('index.html'));
for (const file of readdirSync(join(root, 'assets')).filter((name) => /\.(js|css)$/.test(name))) {
  const path = `assets/${file}`;
  console.log(`${first.includes(path) ? 'first' : 'lazy '} ${String(gzipped(path)).padStart(8)} ${file}`);
}
console.log(`First page: ${firstBytes} bytes gzipped, budget ${budgetBytes}.`);
if (firstBytes > budgetBytes) process.exit(1);
