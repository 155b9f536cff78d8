const IMPORT = /import \{([^}]+)\} from 'antd';/g;

/** `DatePicker` → `date-picker`. */
function folderOf(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/**
 * `import { Button } from 'antd'` as an import of the button alone. What is unused is left out either way; but only so does each
 * file's list of imports say what it needs, by which `chunks.ts` divides the page.
 */
export function antdImports() {
  return {
    name: 'antd-imports',
    enforce: 'pre' as const,
    transform: {
      filter: { id: /[\\/]web[\\/].*\.tsx?$/, code: "from 'antd'" },
      handler(code: string): string {
        return code.replaceAll(IMPORT, (_, names: string) =>
          names
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== '' && !name.startsWith('type '))
            .map((name) => `import ${name} from 'antd/es/${folderOf(name)}/index.js';`)
            .join(' '),
        );
      },
    },
  };
}
