/** A native dialog: Esc closes it, the focus returns to what opened it. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../i18n/index.ts';
import { SpriteIcon } from '../icon.tsx';
import { setState } from '../store.ts';

export const closeDialog = (): void => setState({ dialog: null });

export function Dialog({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    if (!element.open) element.showModal();
    (
      element.querySelector<HTMLElement>('form input, [role="combobox"]') ?? element.querySelector<HTMLElement>('h2')
    )?.focus();
    return () => element.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key; the click on the backdrop is a convenience
    <dialog
      ref={dialog}
      className={wide ? 'dlg wide' : 'dlg'}
      aria-label={title}
      onCancel={closeDialog}
      onClose={closeDialog}
      onClick={(e) => e.target === dialog.current && closeDialog()}
    >
      <h2 tabIndex={-1}>{title}</h2>
      <button type="button" className="tb icon dlg-close" aria-label={t('close')} onClick={closeDialog}>
        <SpriteIcon name="close" />
      </button>
      {children}
    </dialog>
  );
}

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="field">
      <span>{label}</span>
      {children}
    </label>
  );
}
