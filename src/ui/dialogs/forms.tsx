/** Small forms that end in one command: add a node, taint, scale, change a machine's CPU. */
import { type FormEvent, useState } from 'react';
import { addNode, scale, setCapacity, shellWord, taint } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { rows } from '../rows.ts';
import type { DialogName } from '../store.ts';
import { closeDialog, Dialog, Field } from './dialog.tsx';

type FormName = Extract<DialogName, { name: 'addNode' | 'taint' | 'capacity' | 'scale' }>;

export default function Forms({ dialog }: { dialog: FormName }) {
  switch (dialog.name) {
    case 'addNode':
      return <AddNode />;
    case 'taint':
      return <Taint node={dialog.node} />;
    case 'capacity':
      return <Capacity node={dialog.node} />;
    case 'scale':
      return <Scale {...dialog} />;
  }
}

const submitting = (run: (data: FormData) => Promise<void>) => (event: FormEvent<HTMLFormElement>) => {
  event.preventDefault();
  const data = new FormData(event.currentTarget);
  closeDialog();
  void run(data);
};

const field = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();

function Submit({ label, command }: { label: string; command: string }) {
  const t = useT();
  return (
    <>
      <pre className="msg">{command}</pre>
      <div className="row">
        <button type="submit" className="tb solid">
          {label}
        </button>
        <button type="button" className="tb" onClick={closeDialog}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

const NAME = '[a-z0-9]([a-z0-9.\\-]*[a-z0-9])?';

/** A name that is free: worker-1, worker-2 … */
function freeName(): string {
  for (let i = 1; ; i++) if (!rows.nodes.has(`worker-${i}`)) return `worker-${i}`;
}

function AddNode() {
  const t = useT();
  const [values, setValues] = useState({ name: freeName(), arch: 'amd64', cpu: '4', memory: '8', zone: '', taint: '' });
  const args = [
    shellWord(values.name || '…'),
    `--arch ${values.arch}`,
    `--cpu ${values.cpu}`,
    `--memory ${values.memory}Gi`,
    ...(values.zone ? [`--zone ${shellWord(values.zone)}`] : []),
    ...(values.taint ? [`--taint ${shellWord(values.taint)}`] : []),
  ].join(' ');
  const bind = (name: keyof typeof values) => ({
    name,
    value: values[name],
    onChange: (e: { target: { value: string } }) => setValues({ ...values, [name]: e.target.value }),
  });
  return (
    <Dialog title={t('addNode.title')}>
      <form onSubmit={submitting(() => addNode(args))}>
        <Field label={t('addNode.name')}>
          <input {...bind('name')} required pattern={NAME} maxLength={253} autoComplete="off" />
        </Field>
        <Field label={t('addNode.arch')}>
          <select {...bind('arch')}>
            {['amd64', 'arm64', 'ppc64le', 's390x'].map((a) => (
              <option key={a}>{a}</option>
            ))}
          </select>
        </Field>
        <Field label={t('addNode.cpu')}>
          <input {...bind('cpu')} type="number" min="0.5" max="512" step="0.5" required />
        </Field>
        <Field label={t('addNode.memory')}>
          <input {...bind('memory')} type="number" min="1" max="4096" step="1" required />
        </Field>
        <Field label={t('addNode.zone')}>
          <input {...bind('zone')} autoComplete="off" />
        </Field>
        <Field label={t('addNode.taint')}>
          <input {...bind('taint')} placeholder="key=value:NoSchedule" autoComplete="off" />
        </Field>
        <Submit label={t('addNode.do')} command={`berth node add ${args}`} />
      </form>
    </Dialog>
  );
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
const SAYS = {
  NoSchedule: 'taint.noschedule',
  PreferNoSchedule: 'taint.prefer',
  NoExecute: 'taint.noexecute',
} as const;

function Taint({ node }: { node: string }) {
  const t = useT();
  const [key, setKey] = useState('dedicated');
  const [value, setValue] = useState('');
  const [effect, setEffect] = useState<(typeof EFFECTS)[number]>('NoSchedule');
  const spec = `${key || '…'}${value ? `=${value}` : ''}:${effect}`;
  const present = rows.nodes.get(node)?.taints ?? [];
  return (
    <Dialog title={t('taint.title', { node })}>
      <form onSubmit={submitting(() => taint(node, spec))}>
        <Field label={t('taint.key')}>
          <input value={key} onChange={(e) => setKey(e.target.value)} required autoComplete="off" />
        </Field>
        <Field label={t('taint.value')}>
          <input value={value} onChange={(e) => setValue(e.target.value)} autoComplete="off" />
        </Field>
        <Field label={t('taint.effect')}>
          <select value={effect} onChange={(e) => setEffect(e.target.value as typeof effect)}>
            {EFFECTS.map((x) => (
              <option key={x}>{x}</option>
            ))}
          </select>
        </Field>
        <p className="sub">{t(SAYS[effect])}</p>
        <Submit label={t('taint.do')} command={`kubectl taint nodes ${node} ${spec}`} />
        {present.map((x) => {
          const word = `${x.key}${x.value ? `=${x.value}` : ''}:${x.effect}`;
          return (
            <button
              key={word}
              type="button"
              className="tb line"
              onClick={() => {
                closeDialog();
                void taint(node, `${word}-`);
              }}
            >
              {t('taint.remove', { taint: word })}
            </button>
          );
        })}
      </form>
    </Dialog>
  );
}

function Capacity({ node }: { node: string }) {
  const t = useT();
  const [cpu, setCpu] = useState(String((rows.nodes.get(node)?.cpuMilli.capacity ?? 4000) / 1000));
  return (
    <Dialog title={t('capacity.title', { node })}>
      <form onSubmit={submitting((data) => setCapacity(node, field(data, 'cpu')))}>
        <Field label="CPU">
          <input
            name="cpu"
            type="number"
            min="0.5"
            max="512"
            step="0.5"
            value={cpu}
            onChange={(e) => setCpu(e.target.value)}
            required
          />
        </Field>
        <Submit label={t('apply')} command={`berth node set ${node} --cpu ${cpu}`} />
      </form>
    </Dialog>
  );
}

function Scale({ workload, namespace, replicas }: { workload: string; namespace: string; replicas: number }) {
  const t = useT();
  const [count, setCount] = useState(String(replicas));
  const pod = [...rows.pods.values()].find((p) => p.workload === workload && p.namespace === namespace);
  const kind = pod?.owner === 'statefulset' ? 'statefulset' : 'deployment';
  return (
    <Dialog title={t('scale.title', { name: workload })}>
      <form onSubmit={submitting((data) => scale(kind, workload, namespace, Number(field(data, 'replicas'))))}>
        <Field label={t('scale.replicas')}>
          <input
            name="replicas"
            type="number"
            min="0"
            max="1000"
            value={count}
            onChange={(e) => setCount(e.target.value)}
            required
          />
        </Field>
        <Submit label={t('apply')} command={`kubectl scale ${kind} ${workload} --replicas=${count}`} />
      </form>
    </Dialog>
  );
}
