import { refuse } from '../../kernel/refusal.ts';
import { columnNumber, type TableLimits } from './table.ts';
import { bounded } from './workbook-parts.ts';
import { attribute, type XmlHandler } from './xml.ts';

/** A cell as the sheet has it: shared strings and date styles may come later in the archive. */
export interface RawCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  readonly formula: boolean;
  readonly value: string;
}

export interface RawRow {
  readonly number: number;
  readonly cells: readonly RawCell[];
}

/** 1-based, both ends included. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What all sheets of a file hold together. Refuses `TABLE_TOO_COMPLEX`. */
export class CellBudget {
  readonly #most: number;
  #spent = 0;

  constructor(most: number) {
    this.#most = most;
  }

  spend(): void {
    if (++this.#spent > this.#most) refuse('TABLE_TOO_COMPLEX', 'invalid');
  }
}

const LAST_ROW = 1_048_576;

/** `xl/worksheets/….xml`. Refuses `TABLE_TOO_LONG`, `TABLE_TOO_WIDE`, `TABLE_CELL_TOO_LONG`, `TABLE_TOO_COMPLEX`. */
export class SheetPart implements XmlHandler {
  readonly rows: RawRow[] = [];
  readonly merges: Merge[] = [];
  readonly #limits: TableLimits;
  readonly #budget: CellBudget;
  #row = 0;
  #column = 0;
  #cells: RawCell[] = [];
  #type = 'n';
  #style = 0;
  #formula = false;
  #value = '';
  #reading = false;
  #phonetic = false;

  constructor(limits: TableLimits, budget: CellBudget) {
    this.#limits = limits;
    this.#budget = budget;
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case 'row':
        this.#row = Number(attribute(attributes, 'r') ?? this.#row + 1);
        if (!(this.#row >= 1 && this.#row <= LAST_ROW)) refuse('TABLE_DAMAGED', 'invalid');
        this.#column = 0;
        this.#cells = [];
        return;
      case 'c':
        this.#column = columnNumber(attribute(attributes, 'r')) ?? this.#column + 1;
        this.#type = attribute(attributes, 't') ?? 'n';
        this.#style = Number(attribute(attributes, 's') ?? '0');
        this.#formula = false;
        this.#value = '';
        return;
      case 'f':
        this.#formula = true;
        return;
      case 'v':
      case 't':
        this.#reading = true;
        return;
      case 'rPh':
        this.#phonetic = true;
        return;
      case 'mergeCell':
        this.#merge(attribute(attributes, 'ref') ?? '');
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#reading = false;
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'c') this.#cell();
    else if (name === 'row') {
      if (this.#cells.length > 0) this.rows.push({ number: this.#row, cells: this.#cells });
      if (this.rows.length > this.#limits.rows) refuse('TABLE_TOO_LONG', 'invalid', { most: this.#limits.rows });
    }
  }

  text(content: string): void {
    if (this.#reading && !this.#phonetic) this.#value += content;
  }

  #cell(): void {
    if (!this.#formula && this.#value.trim() === '') return;
    if (this.#column > this.#limits.columns) refuse('TABLE_TOO_WIDE', 'invalid', { most: this.#limits.columns });
    this.#budget.spend();
    const value = this.#formula ? '' : bounded(this.#value, this.#limits);
    this.#cells.push({ column: this.#column, type: this.#type, style: this.#style, formula: this.#formula, value });
  }

  #merge(reference: string): void {
    const [from = '', to = ''] = reference.split(':');
    const [left, right] = [columnNumber(from), columnNumber(to)];
    const [top, bottom] = [from, to].map((cell) => Number(/\d+$/.exec(cell)?.[0]));
    if (left === undefined || right === undefined || !top || !bottom) return;
    this.#budget.spend();
    this.merges.push({ top, left, bottom, right });
  }
}
