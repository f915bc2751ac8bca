import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FieldDocs } from '../kubectl/command.ts';
import * as programs from '../playground/commands.ts';
import type { CommandResult, FromWorker, Recording } from './protocol.ts';
import { Session } from './session.ts';

const docs = (): FieldDocs =>
  JSON.parse(readFileSync(new URL('../ui/editor/k8s.schema.json', import.meta.url), 'utf8')) as FieldDocs;

/** A session in a world whose clock stands, and how often it asked for the descriptions of fields. */
function started(fieldDocs: () => Promise<FieldDocs> = async () => docs()) {
  const posted: FromWorker[] = [];
  const asked = { docs: 0 };
  const session = new Session({
    post: (m) => void posted.push(m),
    wallMs: () => 0,
    later: () => {},
    programs: async () => programs,
    fieldDocs: () => {
      asked.docs++;
      return fieldDocs();
    },
  });
  let id = 0;
  async function call<T>(method: Parameters<Session['call']>[1], ...args: unknown[]): Promise<T> {
    const own = ++id;
    await session.call(own, method, args);
    const result = posted.find((m) => m.type === 'result' && m.id === own);
    if (result?.type !== 'result' || !result.ok) throw new Error(JSON.stringify(result));
    return result.value as T;
  }
  const run = (line: string) => call<CommandResult>('run', `r${id}`, line, undefined, {});
  return { call, run, asked };
}

describe('kubectl explain in the page', () => {
  it('loads the descriptions before the first line that asks for them, once', async () => {
    const { call, run, asked } = started();
    await call('load', { scenario: 'opening' });
    await run('kubectl get nodes');
    expect(asked.docs).toBe(0);
    const answer = await run('k explain pods.spec.nodeSelector | head -4');
    expect(answer.stdout).toBe('KIND:       Pod\nVERSION:    v1\n\nFIELD: nodeSelector <map[string]string>\n');
    await run('kubectl explain deploy');
    expect(asked.docs).toBe(1);
  });

  it('says so when they cannot be had, and asks again the next time', async () => {
    let there = false;
    const { call, run } = started(async () => {
      if (!there) throw new Error('offline');
      return docs();
    });
    await call('load', { scenario: 'opening' });
    const refused = await run('kubectl explain pods');
    expect(refused.stderr).toBe('error: the descriptions of fields could not be loaded; try again\n');
    there = true;
    expect((await run('kubectl explain pods')).exitCode).toBe(0);
  });

  it('has them before a recording is played that wrote them into a file', async () => {
    const first = started();
    await first.call('load', { scenario: 'opening' });
    await first.run('kubectl explain pods.spec.nodeName > a.txt');
    const recording = await first.call<Recording>('recording');
    const again = started();
    await again.call('load', { recording }, recording.endMs + 1);
    expect(again.asked.docs).toBe(1);
    expect((await again.run('head -1 a.txt')).stdout).toBe('KIND:       Pod\n');
  });
});
