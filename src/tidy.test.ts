/** The house rules as a test: import directions, banned calls, lengths of files and functions, shelves with their tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname);

interface Source {
  file: string;
  text: string;
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || /(^|\/)testing\//.test(file);

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => /\.tsx?$/.test(f) && !f.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(SRC, file), 'utf8') }));

/**
 * Who may import whom: the first rule whose `from` starts a file's path counts. `src/README.md` quotes this table.
 * Entries are path prefixes below `src/`, or names of npm packages after `npm:`.
 */
const MAY_IMPORT: readonly { from: string; to: readonly string[] }[] = [
  { from: 'engine/sim/', to: ['engine/sim/'] },
  { from: 'engine/api/', to: ['engine/api/', 'engine/sim/'] },
  { from: 'engine/apiserver/', to: ['engine/apiserver/', 'engine/api/', 'engine/sim/', 'engine/client/'] },
  { from: 'engine/client/', to: ['engine/client/', 'engine/api/', 'engine/sim/'] },
  { from: 'engine/controllers/', to: ['engine/controllers/', 'engine/api/', 'engine/client/', 'engine/sim/'] },
  {
    from: 'engine/kubelet/',
    to: ['engine/kubelet/', 'engine/network/', 'engine/api/', 'engine/client/', 'engine/sim/'],
  },
  { from: 'engine/network/', to: ['engine/network/', 'engine/api/', 'engine/client/', 'engine/sim/'] },
  {
    from: 'engine/scheduler/plugins/',
    to: ['engine/scheduler/plugins/', 'engine/scheduler/framework/', 'engine/api/', 'engine/sim/'],
  },
  { from: 'engine/scheduler/', to: ['engine/scheduler/', 'engine/api/', 'engine/client/', 'engine/sim/'] },
  { from: 'engine/', to: ['engine/'] },
  { from: 'kubectl/', to: ['kubectl/', 'engine/api/', 'engine/sim/', 'npm:yaml'] },
  { from: 'scenarios/', to: ['scenarios/', 'engine/api/'] },
  { from: 'share/', to: ['share/', 'engine/api/', 'npm:fflate', 'npm:yaml'] },
  {
    from: 'playground/',
    to: ['playground/', 'engine/index.ts', 'engine/api/', 'kubectl/', 'scenarios/', 'share/', 'view/', 'npm:yaml'],
  },
  { from: 'view/', to: ['view/', 'engine/index.ts', 'engine/api/'] },
  {
    from: 'worker/',
    to: [
      'worker/',
      'playground/',
      'view/',
      'engine/index.ts',
      'engine/api/',
      'share/',
      'kubectl/command.ts',
      'ui/editor/k8s.schema.json',
    ],
  },
  {
    from: 'cli/',
    to: [
      'cli/',
      'playground/',
      'view/',
      'engine/index.ts',
      'engine/api/',
      'share/',
      'kubectl/',
      'scenarios/',
      'ui/editor/k8s.schema.json',
      'npm:yaml',
      'node:',
    ],
  },
  {
    from: 'ui/',
    to: [
      'ui/',
      'worker/protocol.ts',
      'worker/worker.ts',
      'view/',
      'engine/api/',
      'kubectl/complete.ts',
      'scenarios/',
      'share/',
      'npm:react',
      'npm:react-dom',
      'npm:zustand',
      'npm:d3',
      'npm:monaco-editor',
      'npm:monaco-yaml',
      'npm:yaml',
      'npm:idb-keyval',
    ],
  },
  { from: 'main.tsx', to: ['ui/', 'npm:react', 'npm:react-dom'] },
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(s: Source): string[] {
  return [...s.text.matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
}

function targetOf(from: string, spec: string): string {
  const bare = spec.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(from), bare));
  if (bare.startsWith('node:')) return 'node:';
  return `npm:${bare.startsWith('@') ? bare.split('/').slice(0, 2).join('/') : bare.split('/')[0]}`;
}

describe('imports', () => {
  it('go only where the table allows', () => {
    const wrong: string[] = [];
    for (const s of sources) {
      if (isTest(s.file)) continue;
      const rule = MAY_IMPORT.find((r) => s.file.startsWith(r.from));
      for (const spec of importsOf(s)) {
        const target = targetOf(s.file, spec);
        if (!rule?.to.some((allowed) => target === allowed || target.startsWith(allowed)))
          wrong.push(`${s.file} imports ${spec}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('d3-selection stays in scene/draw*, Worker in connection.ts', () => {
    const wrong = sources.filter(
      (s) =>
        !isTest(s.file) && s.file.startsWith('ui/') && s.file !== 'ui/connection.ts' && /new Worker\(/.test(s.text),
    );
    const select = sources.filter(
      (s) =>
        !isTest(s.file) &&
        !s.file.startsWith('ui/scene/draw') &&
        /import\s*\{[^}]*\bselect(All)?\b[^}]*\}\s*from 'd3/.test(s.text),
    );
    expect([...wrong, ...select].map((s) => s.file)).toEqual([]);
  });
});

/** What makes the engine depend on anything but its inputs. */
const BANNED_IN_ENGINE: readonly [RegExp, string][] = [
  [/\bDate\.now\b/, 'virtual time is ctx.now'],
  [/\bnew Date\(\s*\)/, 'virtual time is ctx.now'],
  [/\bMath\.random\b/, 'randomness is ctx.random'],
  [/\bMath\.(?:log|exp|pow|log2|log10|sin|cos|tan)\b/, 'differs between browsers: use the own ln'],
  [/\bsetTimeout\b|\bsetInterval\b|\bqueueMicrotask\b/, 'the agenda waits'],
  [/\basync\b|\bawait\b|\bPromise\b/, 'the engine is synchronous'],
  [/\blocaleCompare\b|\bIntl\.|\btoLocale[A-Z]/, 'differs between browsers'],
  [/\bconsole\./, 'the engine prints nothing'],
  [/\bperformance\.now\b/, 'virtual time is ctx.now'],
];

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');

describe('the engine', () => {
  it('calls nothing that is not deterministic', () => {
    const wrong: string[] = [];
    for (const s of sources) {
      if (!s.file.startsWith('engine/') || isTest(s.file)) continue;
      const code = withoutComments(s.text).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
      for (const [pattern, why] of BANNED_IN_ENGINE)
        if (pattern.test(code)) wrong.push(`${s.file}: ${pattern.source} (${why})`);
    }
    expect(wrong).toEqual([]);
  });
});

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 60;
/** Generated files, and tables of data that have no seam to split along. */
const LONG_BY_NATURE = /\.generated\.ts$|(^|\/)testdata\/|^ui\/i18n\/(en|ko)\.ts$/;

interface AstNode {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

function* functionsOf(node: unknown): Generator<AstNode> {
  if (Array.isArray(node)) {
    for (const n of node) yield* functionsOf(n);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const n = node as AstNode;
  if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(n.type ?? '')) yield n;
  for (const key in n) if (key !== 'parent') yield* functionsOf(n[key]);
}

describe('lengths', () => {
  it(`no file is longer than ${FILE_LINES_MAX} lines`, () => {
    const wrong = sources
      .filter((s) => !LONG_BY_NATURE.test(s.file))
      .map((s) => ({ file: s.file, lines: s.text.split('\n').length - 1 }))
      .filter((s) => s.lines > FILE_LINES_MAX);
    expect(wrong).toEqual([]);
  });

  it(`no function is longer than ${FUNCTION_LINES_MAX} lines`, () => {
    const wrong: string[] = [];
    for (const s of sources) {
      if (isTest(s.file) || LONG_BY_NATURE.test(s.file)) continue;
      const { program } = parseSync(s.file, s.text, { lang: s.file.endsWith('x') ? 'tsx' : 'ts' });
      for (const f of functionsOf(program)) {
        const lines = s.text.slice(f.start, f.end).split('\n').length;
        if (lines > FUNCTION_LINES_MAX)
          wrong.push(`${s.file}:${s.text.slice(0, f.start).split('\n').length} has ${lines} lines`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Shelves of like things: each file has its test beside it and its line in the index. */
const SHELVES: readonly string[] = ['engine/controllers', 'engine/scheduler/plugins', 'engine/apiserver/admission'];

describe('shelves', () => {
  it.each(SHELVES)('each file of %s has its test and its line in the index', (shelf) => {
    const index = readFileSync(path.join(SRC, shelf, 'index.ts'), 'utf8');
    const here = readdirSync(path.join(SRC, shelf)).filter(
      (f) => f.endsWith('.ts') && f !== 'index.ts' && !f.endsWith('.test.ts'),
    );
    const listed = here.filter((f) => index.includes(`./${f}`));
    const untested = listed.filter((f) => !existsSync(path.join(SRC, shelf, f.replace(/\.ts$/, '.test.ts'))));
    expect(listed.length).toBeGreaterThan(0);
    expect(untested).toEqual([]);
  });
});

describe('texts', () => {
  it('no file names a machine path or a leftover marker', () => {
    const wrong = sources
      .filter((s) => s.file !== 'tidy.test.ts' && /\/work\/|\/root\/|\bTODO\b|\bFIXME\b|\bXXX\b/.test(s.text))
      .map((s) => s.file);
    expect(wrong).toEqual([]);
  });
});
