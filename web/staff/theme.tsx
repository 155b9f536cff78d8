import type { ReactNode } from 'react';
import { ConfigProvider, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useLargeText } from '../shared/settings/text-size.ts';
import { useLanguage } from '../shared/texts/use-texts.ts';
import { useIsPhone } from './blocks/use-is-phone.ts';
import { nonce } from './style-nonce.ts';

/** antd's own blue, grey and status colours are too pale for text (WCAG 2.2, 1.4.3). */
const COLOURS = {
  colorPrimary: '#0B5FB0',
  colorLink: '#0B5FB0',
  colorInfo: '#0B4F9E',
  colorSuccess: '#0F6B4F',
  colorWarning: '#8A4B00',
  colorError: '#B42318',
  colorText: '#1F2329',
  colorTextSecondary: '#4B5563',
  colorTextTertiary: '#4B5563',
  colorTextDescription: '#4B5563',
  colorTextPlaceholder: '#6B7280',
  colorTextDisabled: '#6B7280',
  colorBorder: '#8A93A0',
} satisfies ThemeConfig['token'];

const FONT =
  "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

export function Theme({ children }: { readonly children: ReactNode }) {
  const [large] = useLargeText();
  const isPhone = useIsPhone();
  const token = {
    ...COLOURS,
    fontFamily: FONT,
    fontSize: large ? 20 : 16,
    controlHeight: large || isPhone ? 44 : 36,
    controlHeightSM: large || isPhone ? 44 : 32,
    // Nothing moves: menus stand where they open, also for those who move slowly or by keyboard.
    motion: false,
  };
  return (
    <ConfigProvider
      csp={{ nonce }}
      locale={useLanguage() === 'en' ? enUS : zhCN}
      theme={{ token }}
      // Two Chinese characters on a button are not pulled apart: names of buttons are read, searched and tested as written.
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}
