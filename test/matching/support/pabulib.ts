import type { Ballot, BudgetProject } from '../../../src/matching/budget/model.ts';

export interface Round {
  readonly rule: string;
  readonly projects: readonly BudgetProject[];
  readonly ballots: readonly Ballot[];
  readonly budget: number;
  /** Officially selected. */
  readonly selected: readonly string[];
}

/** A round in Pabulib's format: sections META, PROJECTS, VOTES of semicolon-separated columns; money in whole units. */
export function parsePabulib(text: string): Round {
  const meta = new Map<string, string>();
  const projects: (BudgetProject & { selected: boolean })[] = [];
  const ballots: Ballot[] = [];
  let section = '';
  let columns: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (/^(META|PROJECTS|VOTES)$/i.test(line.trim())) {
      section = line.trim().toUpperCase();
      columns = [];
      continue;
    }
    const cells = cellsOf(line);
    if (columns.length === 0) {
      columns = cells;
      continue;
    }
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    if (section === 'META') meta.set(cells[0]!, cells[1] ?? '');
    else if (section === 'PROJECTS') projects.push({ id: cell('project_id'), cost: fenOf(cell('cost')), selected: cell('selected') === '1' });
    else ballots.push({ approves: cell('vote').split(',').filter(Boolean) });
  }
  return {
    rule: meta.get('rule') ?? '',
    projects: projects.map(({ id, cost }) => ({ id, cost })),
    ballots,
    budget: fenOf(meta.get('budget') ?? ''),
    selected: projects.filter(({ selected }) => selected).map(({ id }) => id),
  };
}

function fenOf(amount: string): number {
  return Math.round(Number(amount.replace(',', '.')) * 100);
}

/** A cell may be quoted; a doubled quote inside is one. */
function cellsOf(line: string): string[] {
  return line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1').replaceAll('""', '"').trim());
}
