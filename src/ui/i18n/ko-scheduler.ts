/** 스케줄러 구성, 옛 API 버전, 가정에 관한 한국어 문구. */
import type { scheduler as english } from './en-scheduler.ts';

export const scheduler: Record<keyof typeof english, string> = {
  'sch.open': '스케줄러',
  'sch.openLong': '스케줄러 구성을 탭으로 열기',
  'sch.why': '스케줄러 구성은 API 오브젝트가 아니어서 API 서버가 이 kind를 모릅니다.',
  'sch.run': '{line} 실행',
  'pol.why': 'Policy는 쿠버네티스 1.23에서 없어졌습니다. 여기서는 오늘날의 구성으로 바꿔 실행합니다.',
  'pol.open': '오늘날의 구성으로 열기',
  'up.why': '쿠버네티스 1.36은 이 API 버전을 더 이상 제공하지 않습니다.',
  'up.run': '{versions:으로/로} 고쳐 쓰고 적용',
  'uns.say': '이름이 **{name}**인 스케줄러가 없어 아무도 이 Pod를 보지 않습니다. 계속 Pending입니다.',
  'uns.how':
    '스케줄러에 이 schedulerName의 프로필을 추가하거나, Pod의 schedulerName을 바꾸세요. 바꾸려면 Pod를 새로 만들어야 합니다.',
  'uns.open': '스케줄러 구성 열기',
  'gate.chip': '가정: {name} (쿠버네티스 아님)',
  'gate.off': '{name} 끄기',
  'gate.note': '플레이그라운드의 가정이 켜져 있습니다',
};
