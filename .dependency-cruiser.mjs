// The sentence of docs/architecture.md as rules: everyone may import core, nobody a sibling, cli wires them together.
const allowed = {
  core: [],
  config: ['core'],
  monitoring: ['core', 'config'],
  databricks: ['core'],
  state: ['core'],
  engine: ['core'],
  render: ['core'],
  'local-workspace': [],
  cli: ['core', 'config', 'monitoring', 'databricks', 'state', 'engine', 'render', 'local-workspace'],
};

// A library that does one job is imported by the package that owns the job.
const only = {
  undici: ['databricks'],
  '@oclif': ['cli'],
  chalk: ['render'],
  diff: ['render'],
  'p-limit': ['engine'],
  yaml: ['config', 'local-workspace'],
  ajv: ['config'],
  re2js: ['config'],
  tinyglobby: ['config'],
  'fastest-levenshtein': ['config'],
  ini: ['databricks'],
  '@azure': ['state'],
  '@duckdb': ['local-workspace'],
  '@polyglot-sql': ['local-workspace'],
};

const layers = Object.entries(allowed).map(([name, may]) => ({
  name: `layer-${name}`,
  comment: `${name} may import only: ${may.join(', ') || 'no package of ours'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: '^packages/', pathNot: [name, ...may].map((allowedName) => `^packages/${allowedName}/`) },
}));

const owners = Object.entries(only).map(([library, packages]) => ({
  name: `only-${packages.join('-')}-imports-${library.replace('@', '')}`,
  severity: 'error',
  from: { path: '^packages/', pathNot: packages.map((name) => `^packages/${name}/`) },
  to: { path: `(^|/)node_modules/${library}/` },
}));

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...layers,
    ...owners,
    {
      name: 'core-is-pure',
      comment: 'no file, network, clock or dependency in core; hash.ts alone may reach node:crypto',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: '^packages/core/src/hash\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'core-hash-reaches-crypto-only',
      severity: 'error',
      from: { path: '^packages/core/src/hash\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'only-public-entry',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/([^/]+)/src/(?!index)', pathNot: '^packages/$1/' },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['dpo-source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
