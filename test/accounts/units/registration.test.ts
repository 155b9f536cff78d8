import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrgUnit, UnitRow } from '../../../src/accounts/units/model.ts';
import { planRegistration } from '../../../src/accounts/units/registration/model.ts';

const LIST: readonly UnitRow[] = [
  { code: 'gj01', name: '区民政局', kind: 'coBuildingUnit', communities: ['新城社区', 'dongjie'], level: 'district' },
  { code: 'xincheng', name: '新城社区', kind: 'community' },
  { code: 'dongjie', name: '东街社区（示例）', kind: 'community', parent: '蒙阳街道' },
  { code: 'mengyang', name: '蒙阳街道', kind: 'subdistrictOffice' },
  { code: 'SZ01', name: '青禾中心', kind: 'socialOrganization' },
];

function registered(rows: readonly UnitRow[]): OrgUnit[] {
  return planRegistration(rows, []).create.map((unit) => ({
    id: unit.code,
    kind: unit.kind,
    code: unit.code,
    name: unit.name,
    orgPath: unit.orgPath,
    level: unit.level ?? null,
    contactPost: null,
    letterhead: null,
    signsAs: null,
    note: null,
    leftOn: null,
    version: 1,
  }));
}

describe('a list of units', () => {
  it('is planned whatever the order of its lines, by code or by name', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...LIST], { minLength: LIST.length }), (rows) => {
        const plan = planRegistration(rows, []);
        expect(plan.errors).toEqual([]);
        expect(new Map(plan.create.map(({ code, orgPath }) => [code, orgPath]))).toEqual(
          new Map([
            ['mengyang', '/mengyang/'],
            ['xincheng', '/mengyang/xincheng/'],
            ['dongjie', '/mengyang/dongjie/'],
            ['gj01', '/units/gj01/'],
            ['SZ01', '/units/sz01/'],
          ]),
        );
        expect(new Set(plan.join.map(({ unit, community }) => `${unit} ${community}`))).toEqual(
          new Set(['gj01 xincheng', 'gj01 dongjie']),
        );
      }),
    );
  });

  it('changes nothing when it comes twice, and only what differs when it was edited', () => {
    const units = registered(LIST);
    expect(planRegistration(LIST, units)).toMatchObject({ create: [], update: [], unchanged: 5, errors: [] });
    const edited = LIST.map((row) => (row.code === 'SZ01' ? { ...row, code: 'sz01', name: '青禾服务中心' } : row));
    const plan = planRegistration(edited, units);
    expect(plan.update.map(({ unit, row }) => [unit.code, row.name])).toEqual([['SZ01', '青禾服务中心']]);
    expect(plan.unchanged).toBe(4);
  });

  it('leaves out wrong lines and says which and why', () => {
    const units = registered(LIST).map((unit) => (unit.code === 'SZ01' ? { ...unit, leftOn: '2026-01-01' as never } : unit));
    const wrong: readonly UnitRow[] = [
      { code: 'new1', name: '甲', kind: 'coBuildingUnit', communities: ['没有的社区', 'xincheng'] },
      { code: 'new2', name: '乙', kind: 'bureau' },
      { code: 'NEW2', name: '乙', kind: 'bureau' },
      { code: 'gj01', name: '区民政局', kind: 'bureau' },
      { code: 'sz01', name: '青禾中心', kind: 'socialOrganization' },
      { code: 'new3', name: '丙', kind: 'community', communities: ['xincheng'] },
      { code: 'new4', name: '丁', kind: 'community', parent: 'nowhere' },
      { code: 'units', name: '戊', kind: 'subdistrictOffice' },
      { code: 'a b', name: '己', kind: 'bureau' },
    ];
    const plan = planRegistration(wrong, units);
    expect(plan.create.map(({ code }) => code)).toEqual(['new2']);
    expect(plan.errors.map(({ index, field, code }) => `${index} ${field} ${code}`)).toEqual([
      '0 communities UNIT_COMMUNITY_UNKNOWN',
      '2 code UNIT_CODE_TWICE',
      '3 kind UNIT_KIND_DIFFERS',
      '4 code UNIT_CLOSED',
      '5 communities UNIT_NOT_PARTNER',
      '6 parent UNIT_PARENT_UNKNOWN',
      '7 code UNIT_CODE_INVALID',
      '8 code UNIT_CODE_INVALID',
    ]);
  });

  it('needs the office named where there are two', () => {
    const two: readonly UnitRow[] = [
      { code: 'north', name: '北街道', kind: 'subdistrictOffice' },
      { code: 'south', name: '南街道', kind: 'subdistrictOffice' },
      { code: 'c1', name: '一社区', kind: 'community' },
      { code: 'c2', name: '二社区', kind: 'community', parent: 'south' },
    ];
    const plan = planRegistration(two, []);
    expect(plan.errors.map(({ code }) => code)).toEqual(['UNIT_PARENT_UNKNOWN']);
    expect(plan.create.map(({ orgPath }) => orgPath)).toEqual(['/north/', '/south/', '/south/c2/']);
  });
});
