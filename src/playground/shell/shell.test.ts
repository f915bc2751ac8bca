import { describe, expect, it } from 'vitest';
import type { Env, Wait } from '../../kubectl/command.ts';
import type { Program } from './shell.ts';
import { shell } from './shell.ts';
import { MATCH_TOOLS } from './tools/match.ts';
import { MISC_TOOLS } from './tools/misc.ts';
import { runTools } from './tools/run.ts';
import { TEXT_TOOLS } from './tools/text.ts';

const START = 1_767_225_600_000;

/** Runs a line against a small world; waits jump the clock. */
function run(line: string, files: Record<string, string> = {}, more: Record<string, Program> = {}) {
  let out = '';
  let err = '';
  let now = START;
  const table: Record<string, Program> = {
    ...TEXT_TOOLS,
    ...MATCH_TOOLS,
    ...MISC_TOOLS,
    ...runTools((n) => table[n]),
    ...more,
  };
  const env: Env = {
    args: [],
    stdin: '',
    out: (t) => {
      out += t;
    },
    err: (t) => {
      err += t;
    },
    request: () => {
      throw new Error('no requests here');
    },
    since: () => [],
    revision: () => 0,
    now: () => now,
    files: {
      read: (p) => files[p],
      write: (p, t) => {
        files[p] = t;
      },
      list: (dir) => (dir === '.' ? Object.keys(files) : undefined),
    },
    config: { currentContext: '', contexts: {} },
    interrupted: () => false,
    interactive: false,
  };
  const running = shell(line, env, { programs: (n) => table[n], vars: new Map() });
  for (let i = 0; i < 1000; i++) {
    const step: IteratorResult<Wait, number> = running.next();
    if (step.done) return { out, err, code: step.value, files, tookMs: now - START };
    now = Math.max(now, step.value.atMs ?? now);
  }
  throw new Error('the line does not end');
}

describe('the shell', () => {
  it.each([
    ['echo a b   c', 'a b c\n'],
    [`echo 'a  b' "c  d"`, 'a  b c  d\n'],
    ['echo a; echo b && echo c || echo d', 'a\nb\nc\n'],
    ['false || echo no', 'no\n'],
    ['false && echo no', ''],
    ['! false && echo yes', 'yes\n'],
    ['X=1; echo $X ${X}y "${Z:-none}" $?', '1 1y none 0\n'],
    ['echo $(echo inner | tr a-z A-Z)', 'INNER\n'],
    ['echo `echo old`', 'old\n'],
    ['echo $((2 + 3 * 4))', '14\n'],
    ['for i in 1 2 3; do echo -n $i,; done', '1,2,3,'],
    ['for i in {1..3}; do echo p$i; done | wc -l', '3\n'],
    ['echo pod-{a,b}', 'pod-a pod-b\n'],
    ["echo '{a,b}' {}", '{a,b} {}\n'],
    ['if [ 1 -lt 2 ]; then echo yes; else echo no; fi', 'yes\n'],
    ['(echo a; echo b) | tail -1', 'b\n'],
    ['echo # a comment', '\n'],
    ['printf "%s-%s\\n" a b', 'a-b\n'],
    ['seq 3 | xargs echo got', 'got 1 2 3\n'],
    ['seq 2 | xargs -I{} echo n{}', 'n1\nn2\n'],
    ['date', 'Thu Jan  1 00:00:00 UTC 2026\n'],
    ['date +%Y-%m-%d', '2026-01-01\n'],
  ])('%s', (line, expected) => {
    const r = run(line);
    expect(r.err).toBe('');
    expect(r.out).toBe(expected);
  });

  it.each([
    ["printf 'b\\na\\nb\\n' | sort | uniq -c", '      1 a\n      2 b\n'],
    ["printf 'x 10\\ny 9\\n' | sort -k2 -n", 'y 9\nx 10\n'],
    ["printf 'one\\ntwo\\nthree\\n' | grep -v two", 'one\nthree\n'],
    ["printf 'one\\ntwo\\nthree\\n' | grep -c t", '2\n'],
    ["printf 'a1\\nb2\\n' | grep -E '^(a|c)[0-9]'", 'a1\n'],
    ["printf 'a\\nb\\nc\\nd\\n' | grep -A1 b", 'b\nc\n'],
    ["printf 'a b c\\n' | awk '{print $1, $3}'", 'a c\n'],
    ["printf 'H\\nx Running\\ny Pending\\n' | awk 'NR>1 {print $1}'", 'x\ny\n'],
    ["printf 'x Running\\ny Pending\\n' | awk '$2==\"Pending\" {print $1}'", 'y\n'],
    ["printf 'name: a\\n' | sed 's/a$/b/'", 'name: b\n'],
    ["printf '1\\n2\\n3\\n' | sed -n '2,3p'", '2\n3\n'],
    ["printf '1\\n2\\n3\\n' | sed '/2/d'", '1\n3\n'],
    ["printf 'a:b:c\\n' | cut -d: -f2-", 'b:c\n'],
    ["printf '1\\n2\\n3\\n' | head -2 | tail -n 1", '2\n'],
    ["printf 'a b\\n' | wc -w", '2\n'],
  ])('%s', (line, expected) => {
    expect(run(line).out).toBe(expected);
  });

  it('redirects into files and out of them', () => {
    const r = run('echo a > x; echo b >> x; cat < x; cat x | wc -l; ls');
    expect(r.files).toEqual({ x: 'a\nb\n' });
    expect(r.out).toBe('a\nb\n2\nx\n');
  });

  it('joins errors to output with 2>&1', () => {
    expect(run('cat nothing 2>&1 | wc -l').out).toBe('1\n');
    expect(run('cat nothing 2>/dev/null').err).toBe('');
  });

  it('reads here-documents, plain and with variables', () => {
    expect(run('X=5\ncat <<EOF\nvalue: $X "q"\nEOF\necho end').out).toBe('value: 5 "q"\nend\n');
    expect(run("cat <<'EOF' > f.yaml\nvalue: $X\nEOF\n").files).toEqual({ 'f.yaml': 'value: $X\n' });
  });

  it('keeps what stands between quotes together', () => {
    expect(run(`echo '{"spec":{"a":[1,2]}}'`).out).toBe('{"spec":{"a":[1,2]}}\n');
  });

  it('globs the files', () => {
    expect(run('echo *.yaml *.txt', { 'a.yaml': '', 'b.yaml': '' }).out).toBe('a.yaml b.yaml *.txt\n');
  });

  it('waits in virtual time, and timeout ends what waits longer', () => {
    expect(run('sleep 2; sleep 0.5').tookMs).toBe(2500);
    const r = run('timeout 3s sleep 10');
    expect(r.code).toBe(124);
    expect(r.tookMs).toBe(3000);
    expect(run('timeout 3s sleep 1').code).toBe(0);
  });

  it('ends the writer when the reader has seen enough', () => {
    const forever: Program = function* (env) {
      for (;;) {
        env.out('tick\n');
        yield { atMs: env.now() + 1000 };
      }
    };
    const r = run('forever | head -3', {}, { forever });
    expect(r.out).toBe('tick\ntick\ntick\n');
    expect(r.tookMs).toBe(2000);
  });

  it('lets a reader follow a writer', () => {
    const slow: Program = function* (env) {
      env.out('a\n');
      yield { atMs: env.now() + 1000 };
      env.out('b\n');
      return 0;
    };
    expect(run('slow | grep b', {}, { slow })).toMatchObject({ out: 'b\n', code: 0, tookMs: 1000 });
  });

  it.each([
    ['nonsense', 'bash: nonsense: command not found\n', 127],
    ['echo "a', 'bash: unexpected EOF while looking for matching `"\'\n', 2],
    ['echo a |', 'bash: syntax error: unexpected end of file\n', 2],
    ['; echo', '', 0],
    ['echo a )', "bash: syntax error near unexpected token `)'\n", 2],
    ['cat < nothing', 'bash: nothing: No such file or directory\n', 1],
  ])('%s is answered as bash does', (line, err, code) => {
    const r = run(line);
    expect([r.err, r.code]).toEqual([err, code]);
  });
});
