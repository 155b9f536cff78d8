import type { Fen } from './money.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];
const GROUP = 10_000;

/** 0 to 9999; noughts inside are said once, those at the end not at all. */
function groupInCapitals(group: number): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) gap = text !== '';
    else {
      text += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
      gap = false;
    }
  }
  return text;
}

function yuanInCapitals(yuan: number): string {
  let text = '';
  let gap = false;
  for (let index = GROUPS.length - 1; index >= 0; index -= 1) {
    const group = Math.floor(yuan / GROUP ** index) % GROUP;
    if (group === 0) {
      gap = text !== '';
      continue;
    }
    if (text !== '' && (gap || group < 1000)) text += '零';
    text += `${groupInCapitals(group)}${GROUPS[index]}`;
    gap = false;
  }
  return text;
}

/**
 * An amount as contracts and vouchers write it: 人民币壹仟肆佰零玖元伍角整. By 《支付结算办法》 annex 1: 整 ends what has no
 * fen; noughts in a row are said once; 零 stands before fen without jiao, and before cents where the yuan ends in 0.
 */
export function inCapitals(amount: Fen): string {
  const absolute = Math.abs(amount);
  const [yuan, jiao, fen] = [Math.floor(absolute / 100), Math.floor(absolute / 10) % 10, absolute % 10];
  const sign = amount < 0 ? '负' : '';
  const whole = yuan === 0 ? '' : `${yuanInCapitals(yuan)}元`;
  if (jiao === 0 && fen === 0) return `人民币${sign}${whole || '零元'}整`;
  const needsGap = whole !== '' && (jiao === 0 || yuan % 10 === 0);
  const cents = `${needsGap ? '零' : ''}${jiao === 0 ? '' : `${DIGITS[jiao]}角`}${fen === 0 ? '整' : `${DIGITS[fen]}分`}`;
  return `人民币${sign}${whole}${cents}`;
}
