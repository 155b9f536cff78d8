import { createRequire } from 'node:module';

const FAMILY = '@expo-google-fonts/noto-sans-sc';
const { resolve } = createRequire(import.meta.url);

/** Files of Noto Sans SC (OFL); what is used of them goes into each PDF, so that it looks alike wherever it is opened. */
export const FONT_FILES = {
  regular: resolve(`${FAMILY}/400Regular/NotoSansSC_400Regular.ttf`),
  bold: resolve(`${FAMILY}/700Bold/NotoSansSC_700Bold.ttf`),
} as const;

/** Printers' sign for a character that they have no type for. */
export const MISSING = '〓';
