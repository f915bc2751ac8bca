import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { remedyText } from './remedy-words.ts';

describe('remedyText', () => {
  it.each([
    ['uncordon worker-x86-2', 'Uncordon worker-x86-2'],
    ['remove the taint gpu=true:NoSchedule from w1', 'Remove the taint gpu=true:NoSchedule from w1'],
    ['label w1 disk=ssd', 'Give w1 the label disk=ssd'],
    ['delete web-1, web-2 from w1', 'Delete web-1, web-2 from w1'],
    [
      'give it the priority class high (1000), so that it may evict lesser pods',
      'Give it the priority class high (1000): it may then evict lesser pods',
    ],
    ['tolerate the taint gpu=true:NoSchedule', 'Tolerate the taint gpu=true:NoSchedule'],
    ['drop kubernetes.io/arch: amd64 from nodeSelector', 'Drop kubernetes.io/arch: amd64 from the nodeSelector'],
    ['drop disk In [ssd] from the required node affinity', 'Drop disk In [ssd] from the required node affinity'],
    [
      'drop the required pod anti-affinity term on kubernetes.io/hostname',
      'Drop the required pod anti-affinity on kubernetes.io/hostname',
    ],
    ['let the spread over zone be a wish (ScheduleAnyway)', 'Let the spread over zone be a wish (ScheduleAnyway)'],
    ['lower the cpu request of trainer from 4 to 3350m', 'Ask for 3.35 CPU or less (trainer, now 4 CPU)'],
    ['drop the preferred pod anti-affinity', 'Without the preferred pod anti-affinity'],
    ['without default/a on n2', 'Without default/a on n2'],
    ['something new', 'Something new'],
  ])('%s', (text, words) => {
    expect(remedyText({ text }, t)).toBe(words);
  });
});
