import { test as base, expect, type Page } from '@playwright/test';

interface Answer {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** What a workshop script does with `window.berth`, and what a person does with roles and names. */
export class BerthPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens an address below the page and waits until the cluster is alive. `#` addresses are a fresh load. */
  async open(address = '', scenario = true): Promise<void> {
    await this.page.goto(`./${address}`);
    await expect(this.page.getByRole('region', { name: 'Cluster' })).toBeVisible();
    await this.page.waitForFunction(() => 'berth' in window);
    await this.page.evaluate(() => (window as unknown as { berth: { time(): Promise<unknown> } }).berth.time());
    if (scenario)
      await this.page.evaluate(() => (window as unknown as { berth: { pause(): Promise<unknown> } }).berth.pause());
  }

  /** One shell line through `window.berth.sh`. */
  sh(line: string, stdin?: string): Promise<Answer> {
    return this.page.evaluate(
      ([l, s]) => (window as unknown as { berth: { sh(l: string, s?: string): Promise<Answer> } }).berth.sh(l!, s),
      [line, stdin] as const,
    );
  }

  /** Lets virtual time pass. */
  advance(ms: number): Promise<unknown> {
    return this.page.evaluate(
      (n) => (window as unknown as { berth: { advance(ms: number): Promise<unknown> } }).berth.advance(n),
      ms,
    );
  }

  call<T>(name: string, ...args: unknown[]): Promise<T> {
    return this.page.evaluate(
      ([n, a]) => {
        const api = (window as unknown as { berth: Record<string, (...x: unknown[]) => Promise<unknown>> }).berth;
        return api[n as string]!(...(a as unknown[]));
      },
      [name, args] as const,
    ) as Promise<T>;
  }

  /** Pods as `name → [STATUS, node]` from kubectl itself. */
  async pods(namespace = 'default'): Promise<Record<string, { status: string; node: string }>> {
    const { stdout } = await this.sh(`kubectl get pods -n ${namespace} -o wide --no-headers`);
    const rows: Record<string, { status: string; node: string }> = {};
    for (const line of stdout.split('\n').filter(Boolean)) {
      const cells = line.replace(/ \(.*? ago\)/, '').split(/\s{2,}/);
      rows[cells[0]!] = { status: cells[2]!, node: cells[6]! };
    }
    return rows;
  }

  pod(name: RegExp | string) {
    return this.page.getByRole('button', { name });
  }

  node(name: RegExp | string) {
    return this.page.getByRole('region', { name: 'Cluster' }).getByRole('group', { name });
  }
}

export const test = base.extend<{ berth: BerthPage }>({
  berth: async ({ page }, use) => {
    await use(new BerthPage(page));
  },
});

export { expect };

export const NGINX = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  replicas: 2
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: nginx
        ports:
        - containerPort: 80
`;
