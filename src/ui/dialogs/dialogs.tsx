/** The one open dialog, loaded when first asked for. */
import { lazy, Suspense } from 'react';
import { useStore } from '../store.ts';

const Help = lazy(async () => ({ default: (await import('./help.tsx')).HelpDialog }));
const Share = lazy(async () => ({ default: (await import('./share.tsx')).ShareDialog }));
const Examples = lazy(async () => ({ default: (await import('./examples.tsx')).ExamplesDialog }));
const Find = lazy(async () => ({ default: (await import('./find.tsx')).FindDialog }));
const Forms = lazy(() => import('./forms.tsx'));
const Tables = lazy(() => import('./tables.tsx'));

export function Dialogs() {
  const dialog = useStore((s) => s.dialog);
  if (!dialog) return null;
  return <Suspense fallback={null}>{dialogOf(dialog)}</Suspense>;
}

function dialogOf(dialog: NonNullable<ReturnType<typeof useStore.getState>['dialog']>) {
  switch (dialog.name) {
    case 'help':
      return <Help />;
    case 'share':
      return <Share />;
    case 'examples':
      return <Examples />;
    case 'find':
      return <Find />;
    case 'table':
    case 'lane':
      return <Tables dialog={dialog} />;
    default:
      return <Forms dialog={dialog} />;
  }
}
