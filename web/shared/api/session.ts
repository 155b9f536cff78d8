/** Asked when the session has ended in the middle of something; resolves when the person has signed in again. */
export type SignInAgain = () => Promise<void>;

/** Asked when a second factor is missing; resolves to whether the person has shown it. */
export type ShowSecondFactor = () => Promise<boolean>;

let signInAgain: SignInAgain | undefined;
let showSecondFactor: ShowSecondFactor | undefined;
let signingIn: Promise<void> | undefined;
let showing: Promise<boolean> | undefined;

/** Set by a page whose reader is signed in. Without it an ended session is a problem like any other. */
export function onSessionEnd(handler: SignInAgain | undefined): void {
  signInAgain = handler;
}

/** However many requests meet the end of a session, the person is asked once. False: nobody can be asked. */
export async function sessionRenewed(): Promise<boolean> {
  if (!signInAgain) return false;
  signingIn ??= signInAgain().finally(() => {
    signingIn = undefined;
  });
  await signingIn;
  return true;
}

/** Set by a page whose reader is signed in. Without it a missing second factor is a problem like any other. */
export function onSecondFactorNeeded(handler: ShowSecondFactor | undefined): void {
  showSecondFactor = handler;
}

/** The person is asked once for all requests that wait for it. False: not shown, the refusal stands. */
export async function secondFactorShown(): Promise<boolean> {
  if (!showSecondFactor) return false;
  showing ??= showSecondFactor().finally(() => {
    showing = undefined;
  });
  return showing;
}

const KEY = 'cobuild.signedIn';

/** Whether somebody signed in on this device and did not sign out: without it nobody has to be asked who they are. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(KEY) === 'yes';
}

export function rememberSignedIn(signedIn: boolean): void {
  if (signedIn) localStorage.setItem(KEY, 'yes');
  else localStorage.removeItem(KEY);
}
