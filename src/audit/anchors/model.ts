/** What is signed, in canonical JSON; everything in it may be public. */
export interface AnchorStatement {
  readonly format: 'cobuild.anchor/1';
  readonly tenant: string;
  /** In Asia/Shanghai. */
  readonly day: string;
  readonly block: number;
  /** Of that block, in hex; through it all blocks before are meant. */
  readonly hash: string;
  /** Sealed so far. */
  readonly rows: number;
  readonly key: string;
  readonly suite: string;
}
