/** The rooms of ARCHITECTURE.md: imports go downward only. */
const rooms = ['kernel', 'kafka', 'cluster', 'shell', 'scenario', 'course', 'views', 'app'];
const mayImport = {
  kernel: [],
  kafka: [],
  cluster: ['kernel', 'kafka'],
  shell: ['cluster', 'kernel', 'kafka'],
  scenario: ['shell', 'cluster', 'kernel', 'kafka'],
  course: ['scenario', 'shell', 'cluster', 'kernel', 'kafka'],
  views: ['course', 'scenario', 'shell', 'cluster', 'kernel', 'kafka'],
  app: ['views', 'course', 'scenario', 'shell', 'cluster', 'kernel', 'kafka'],
};
module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `${room}-imports-downward`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${rooms.filter((other) => other !== room && !mayImport[room].includes(other)).join('|') || '-'})/` },
    })),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-test-in-program', severity: 'error', from: { pathNot: '\\.(test|bench)\\.tsx?$' }, to: { path: '\\.(test|bench)\\.tsx?$' } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.node.json' }, enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] } },
};
