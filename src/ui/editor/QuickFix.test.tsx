import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { schedulerText } from '../../playground/berth/scheduler.ts';
import { Playground } from '../../playground/playground.ts';
import { runLine } from '../../playground/programs.ts';
import { worldOf } from '../../playground/world.ts';
import type { Problem } from '../../worker/protocol.ts';
import { run } from '../connection.ts';
import { Log } from '../console/Log.tsx';
import { emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { answering } from '../testing/answering.ts';
import { noteResult } from './apply.ts';
import { EditorPanel } from './EditorPanel.tsx';

// the full editor needs a browser; the plain one does the same
vi.mock('./YamlEditor.tsx', () => Promise.reject(new Error('offline')));

const initial = getState();
const CRON = `apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: "* * * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}}
`;
const CONFIG = 'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n';
const POLICY = '{"kind": "Policy", "apiVersion": "v1", "predicates": [{"name": "PodFitsPorts"}], "priorities": []}\n';

/** The page over a real playground: what a command answers is what it answers. */
async function world(files: Record<string, string>): Promise<Playground> {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
  setState({ ...initial, files, activeFile: Object.keys(files)[0] ?? '', width: 'wide', consoleOpen: false }, true);
  await answering({
    schedulerText: (defaults?: boolean) => schedulerText(p, defaults),
    run: (_id: string, line: string, stdin: string | undefined, texts: Record<string, string>) => {
      for (const [name, text] of Object.entries(texts)) p.writeFile(name, text);
      const result = { stdout: '', stderr: '', exitCode: 0, problems: [] as Problem[] };
      const out = (t: string) => {
        result.stdout += t;
      };
      const err = (t: string) => {
        result.stderr += t;
      };
      p.start(line, stdin, { out, err, problem: (x) => void result.problems.push(x) }, (exit) => {
        result.exitCode = exit.code;
      });
      p.playTo(p.elapsedMs + 100);
      return result;
    },
  });
  return p;
}

const settle = (ms = 30) => act(async () => void (await new Promise((r) => setTimeout(r, ms))));
const lines = () => getState().console.map((e) => e.line);
/** Runs what a click starts to its end. */
const clicked = async (button: HTMLElement) => {
  const before = getState().console.length;
  await userEvent.click(button);
  await vi.waitFor(() =>
    expect(
      getState()
        .console.slice(before)
        .some((e) => e.exitCode !== undefined),
    ).toBe(true),
  );
  await settle();
};
const apply = () => clicked(screen.getByRole('button', { name: 'Apply' }));

beforeEach(() => Object.assign(rows, emptyRows()));
afterEach(cleanup);

describe('a manifest of an old API version', () => {
  it('is refused as 1.36 does; one click rewrites it and applies it', async () => {
    const p = await world({ 'tick.yaml': CRON });
    render(<EditorPanel />);
    await apply();
    expect(screen.getByText(/no matches for kind "CronJob" in version "batch\/v1beta1"/)).toBeTruthy();
    await clicked(await screen.findByRole('button', { name: 'Rewrite as batch/v1 and apply' }));
    expect(getState().files['tick.yaml']).toBe(CRON.replace('batch/v1beta1', 'batch/v1'));
    expect(getState().console.at(-1)?.exitCode).toBe(0);
    expect(p.cluster.list.get('CronJob', 'default', 'tick')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Rewrite/ })).toBeNull();
  });

  it('is no reason for an offer when there is nothing to rewrite', async () => {
    await world({ 'x.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\n' });
    render(<EditorPanel />);
    await apply();
    await settle();
    expect(screen.getByText(/no matches for kind "Thing"/)).toBeTruthy();
    expect(document.querySelector('.ed-fix')).toBeNull();
  });
});

describe('the scheduler’s configuration', () => {
  it('opens as a tab with what runs, and Apply gives it to the scheduler', async () => {
    const p = await world({ 'a.yaml': 'apiVersion: v1\n' });
    render(<EditorPanel />);
    await userEvent.click(screen.getByRole('button', { name: 'Scheduler' }));
    await screen.findByRole('tab', { selected: true, name: 'scheduler.yaml' });
    const text = getState().files['scheduler.yaml']!;
    expect(text).toContain('- name: TaintToleration\n        weight: 3\n');
    expect(screen.getByText('No changes since the last apply')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Scheduler' })).toBeNull();
    act(() => setState((s) => ({ files: { ...s.files, 'scheduler.yaml': text.replace('weight: 3', 'weight: 7') } })));
    await apply();
    expect(lines()).toEqual(['berth scheduler apply -f scheduler.yaml']);
    expect(getState().console[0]!.exitCode).toBe(0);
    expect(JSON.stringify(p.cluster.stateOf<{ config: unknown }>('scheduler').config)).toContain('"weight":7');
    expect(screen.getByText('No changes since the last apply')).toBeTruthy();
  });

  it('has its errors at their lines', async () => {
    await world({ 'mine.yaml': `${CONFIG}parallelism: 0\n` });
    render(<EditorPanel />);
    await apply();
    const note = screen.getByText('parallelism: Invalid value: 0: should be an integer value greater than zero');
    expect(note.previousElementSibling?.textContent).toContain('parallelism: 0');
    expect(screen.getByText('Refused: 1 problem, the cluster is unchanged')).toBeTruthy();
  });

  it('a Policy of old is translated, and the console shows what it means today', async () => {
    await world({ 'policy.json': POLICY });
    render(<EditorPanel />);
    await apply();
    expect(lines()).toEqual(['berth scheduler apply -f policy.json']);
    expect(getState().consoleOpen).toBe(true);
    expect(getState().console[0]!.chunks[0]!.text).toContain('kind: KubeSchedulerConfiguration');
    await userEvent.click(screen.getByRole('button', { name: 'Open it in today’s words' }));
    await screen.findByRole('tab', { selected: true, name: 'scheduler.yaml' });
    const today = getState().files['scheduler.yaml']!;
    expect(today).toContain('- name: NodePorts\n');
    expect(today).not.toContain('parallelism');
  });

  it('given to kubectl in the console, is offered the right command there', async () => {
    await world({ 'a.yaml': 'apiVersion: v1\n', 'mine.yaml': CONFIG });
    render(<Log hidden={false} />);
    await act(async () => noteResult('kubectl apply -f mine.yaml', await run('kubectl apply -f mine.yaml')));
    const fix = screen.getByRole('button', { name: 'Run berth scheduler apply -f mine.yaml' });
    await clicked(fix);
    expect(lines()).toEqual(['kubectl apply -f mine.yaml', 'berth scheduler apply -f mine.yaml']);
    expect(getState().console.at(-1)!.exitCode).toBe(0);
    expect(screen.queryByRole('button', { name: /^Run berth/ })).toBeNull();
  });

  it('offers nothing to those who only look', async () => {
    await world({ 'tick.yaml': CRON });
    setState({
      readonly: true,
      problems: [
        {
          file: 'tick.yaml',
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 2,
          message: 'no matches for kind "CronJob" in version "batch/v1beta1"',
        },
      ],
    });
    render(<EditorPanel />);
    await settle();
    expect(screen.queryByRole('button', { name: /Rewrite|Scheduler/ })).toBeNull();
  });
});
