import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromWorker } from '../../worker/protocol.ts';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { type Asked, answering } from '../testing/answering.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { ConsoleDrawer } from './ConsoleDrawer.tsx';
import { useSession } from './commands.ts';

const initial = getState();
const done = { stdout: '', stderr: '', exitCode: 0, problems: [] };
let asked: Asked[] = [];
let send: (message: FromWorker) => void = () => undefined;

async function show(answers: Parameters<typeof answering>[0] = {}): Promise<void> {
  const { asked: list, port } = await answering({ run: done, complete: { from: 0, options: [] }, ...answers });
  asked = list;
  send = (message) => act(() => port.onmessage?.({ data: message }));
  render(<ConsoleDrawer />);
}
const settle = (ms = 5) => act(async () => void (await new Promise((r) => setTimeout(r, ms))));
const prompt = () => screen.getByRole('combobox', { name: 'kubectl command' }) as HTMLInputElement;
const lines = () => asked.filter(([m]) => m === 'run').map((a) => a[2]);

beforeEach(() => {
  Object.assign(rows, emptyRows());
  applyFrame(rows, clusterFrame());
  setState({ ...initial, consoleOpen: true, width: 'wide', revision: 1 }, true);
  useSession.setState({ history: [], queue: [] });
});
afterEach(cleanup);

describe('the prompt', () => {
  it('runs a command and shows what comes, as it comes', async () => {
    let finish: (v: unknown) => void = () => undefined;
    await show({ run: () => new Promise((r) => (finish = r)) });
    await userEvent.type(prompt(), 'kubectl get po{Enter}');
    await settle();
    expect(prompt().value).toBe('');
    const id = getState().console[0]!.id;
    send({ type: 'output', runId: id, stream: 'out', text: 'NAME   READY\n' });
    send({ type: 'output', runId: id, stream: 'err', text: 'Warning: something\n' });
    const log = screen.getByRole('log', { name: 'Console' });
    expect(log.textContent).toBe('$ kubectl get po\nNAME   READY\nWarning: something\nrunning');
    expect(log.querySelector('.warning')?.textContent).toBe('Warning: something\n');
    await act(async () => finish({ ...done, exitCode: 1 }));
    expect(log.textContent).toContain('exit 1');
  });

  it('goes through what was typed, and back to the draft', async () => {
    await show();
    await userEvent.type(prompt(), 'one{Enter}two{Enter}dra');
    await settle();
    await userEvent.keyboard('{ArrowUp}');
    expect(prompt().value).toBe('two');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(prompt().value).toBe('one');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(prompt().value).toBe('dra');
  });

  it('completes with Tab: one option whole, of several what they share, then from the list', async () => {
    await show({
      complete: (line: string) =>
        line.startsWith('kubectl get ')
          ? { from: 12, options: ['pods', 'podtemplates'] }
          : { from: 0, options: ['kubectl'] },
    });
    await userEvent.type(prompt(), 'kub');
    await settle(80);
    expect(screen.getByRole('listbox')).toBeTruthy();
    await userEvent.keyboard('{Tab}');
    expect(prompt().value).toBe('kubectl ');
    await userEvent.type(prompt(), 'get p');
    await settle(80);
    await userEvent.keyboard('{Tab}');
    expect(prompt().value).toBe('kubectl get pod');
    await settle(80);
    await userEvent.keyboard('{Tab}{ArrowDown}');
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('podtemplates');
    expect(prompt().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id);
    await userEvent.keyboard('{Enter}');
    expect(prompt().value).toBe('kubectl get podtemplates ');
  });

  it('lets Tab leave when there is nothing to complete', async () => {
    await show();
    prompt().focus();
    await userEvent.tab();
    expect(document.activeElement).not.toBe(prompt());
  });

  it('stops the running command with Ctrl+C, else clears the line', async () => {
    await show({ run: () => new Promise(() => undefined) });
    await userEvent.type(prompt(), 'kubectl get po -w{Enter}');
    await settle();
    await userEvent.keyboard('{Control>}c{/Control}');
    expect(asked.at(-1)).toEqual(['interrupt', getState().console[0]!.id]);
    act(() => setState({ console: [] }));
    await userEvent.type(prompt(), 'half');
    await userEvent.keyboard('{Control>}c{/Control}');
    expect(prompt().value).toBe('');
  });

  it('runs a paste line by line, and Stop drops the rest', async () => {
    const finish: ((v: unknown) => void)[] = [];
    await show({ run: () => new Promise((r) => finish.push(r)) });
    prompt().focus();
    await userEvent.paste('kubectl cordon a\nkubectl cordon b\nkubectl cordon c\n');
    await settle();
    expect(lines()).toEqual(['kubectl cordon a']);
    expect(screen.getByText('2 more to run')).toBeTruthy();
    await act(async () => finish[0]!(done));
    await settle();
    expect(lines()).toEqual(['kubectl cordon a', 'kubectl cordon b']);
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await act(async () => finish[1]!(done));
    await settle();
    expect(lines()).toHaveLength(2);
  });

  it('waits for the end of a here-document', async () => {
    await show();
    await userEvent.type(prompt(), 'kubectl apply -f - <<EOF{Enter}kind: Pod{Enter}');
    expect(lines()).toEqual([]);
    await userEvent.type(prompt(), 'EOF{Enter}');
    await settle();
    expect(lines()).toEqual(['kubectl apply -f - <<EOF\nkind: Pod\nEOF']);
  });
});

describe('the drawer', () => {
  it('makes object names links that select', async () => {
    await show();
    act(() =>
      setState({
        console: [
          {
            id: 'x',
            line: 'k get po',
            chunks: [{ stream: 'out', text: 'web-5d8f-9xk2v on worker-x86\n' }],
            exitCode: 0,
          },
        ],
      }),
    );
    await userEvent.click(within(screen.getByRole('log')).getByRole('button', { name: 'web-5d8f-9xk2v' }));
    expect(getState().selection).toEqual({ kind: 'Pod', key: 'default/web-5d8f-9xk2v' });
    expect(getState().inspectorOpen).toBe(true);
  });

  it('lists events, and the log of the selected pod', async () => {
    await show({ run: { ...done, stdout: 'listening on 80\n' } });
    await userEvent.click(screen.getByRole('tab', { name: /^Events/ }));
    expect(screen.getAllByText('ledger: exec format error')).toHaveLength(2);
    await userEvent.click(screen.getByRole('tab', { name: 'Log' }));
    expect(screen.getByText(/No pod is selected/)).toBeTruthy();
    act(() => setState({ selection: { kind: 'Pod', key: 'default/web-5d8f-9xk2v' } }));
    await settle();
    expect(screen.getByText('listening on 80')).toBeTruthy();
    expect(getState().console).toEqual([]);
  });

  it('stays as one line on a wide page, opens when typed into, and is absent elsewhere', async () => {
    setState({ consoleOpen: false });
    await show();
    expect(screen.getByRole('log', { name: 'Console' })).toBeTruthy();
    await userEvent.click(prompt());
    expect(getState().consoleOpen).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Close the console' }));
    act(() => setState({ width: 'medium' }));
    expect(screen.queryByRole('log')).toBeNull();
  });

  it('can be resized with the keyboard', async () => {
    await show();
    const edge = screen.getByRole('separator');
    edge.focus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowDown}');
    expect(edge.getAttribute('aria-valuenow')).toBe('278');
  });
});
