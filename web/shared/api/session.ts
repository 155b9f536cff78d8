/** Asked when the session has ended in the middle of something; resolves when the person has signed in again. */
export type SignInAgain = () => Promise<void>;

let signInAgain: SignInAgain | undefined;
let running: Promise<void> | undefined;

/** Set by a page whose reader is signed in. Without it an ended session is a problem like any other. */
export function onSessionEnd(handler: SignInAgain | undefined): void {
  signInAgain = handler;
}

/** However many requests meet the end of a session, the person is asked once. False: nobody can be asked. */
export async function sessionRenewed(): Promise<boolean> {
  if (!signInAgain) return false;
  running ??= signInAgain().finally(() => {
    running = undefined;
  });
  await running;
  return true;
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
