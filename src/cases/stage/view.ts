import type { Command, Proposal, Recorded, WaitOwner } from '../model.ts';
import type { StagedCase, StageLine, StageView, StageWait, Telltale, Track } from './model.ts';
import { railOf, walk } from './rail.ts';
import { closedSentence, sentenceOf } from './sentence.ts';

export type StageInput<State, C extends Command, P extends Proposal> = Omit<StagedCase<State, C, P>, 'caseId' | 'orgPath'> & {
  readonly events: readonly Recorded<P>[];
};

/** Where a case is and whose turn it is, for one reader: the same for page, mail, robot and paper. */
export function stageView<State, C extends Command, P extends Proposal>(input: StageInput<State, C, P>, tell: Telltale): StageView {
  const { machine, track, events } = input;
  const way = walk(machine, track, events);
  const waits = waitsOf(input, way.state);
  const own = waits.find(({ name }) => !name.includes(':')) ?? waits[0];
  const sentence = machine.closed(way.state)
    ? closedSentence(track.kind, way.ended, tell)
    : sentenceOf(track.kind, waits, track.actions, tell);
  return { kind: track.kind, ...sentence, steps: railOf(track, way, own?.due, tell), history: historyOf(track, events, tell) };
}

/** Everyone whom the view may name: what a caller loads before asking for it. */
export function namesIn<State, C extends Command, P extends Proposal>(
  input: StageInput<State, C, P>,
): { readonly owners: readonly WaitOwner[]; readonly units: readonly string[]; readonly actors: readonly string[] } {
  const { machine, track, events } = input;
  const { state } = walk(machine, track, events);
  const owners = waitsOf(input, state).map(({ owner }) => owner);
  const told = events.flatMap((event) => track.facts?.(event).unit ?? []);
  const units = [...owners.flatMap(({ orgUnitId }) => orgUnitId ?? []), ...told];
  return { owners, units: [...new Set(units)], actors: [...new Set(events.map(({ actor }) => actor))] };
}

function waitsOf<State, C extends Command, P extends Proposal>(
  { machine, track, beside = [] }: StageInput<State, C, P>,
  state: State,
): StageWait[] {
  const own = machine.waits(state).map((wait): StageWait => {
    const ahead = track.ahead?.(state, wait);
    return ahead ? { ...wait, ahead } : wait;
  });
  return [...own, ...beside];
}

function historyOf<State, P extends Proposal>(track: Track<State, P>, events: readonly Recorded<P>[], tell: Telltale): StageLine[] {
  const isPublic = tell.audience === 'resident';
  return events.flatMap((event): StageLine[] => {
    const telling = track.events[event.type as P['type']];
    if (telling === 'nobody' || (isPublic && telling !== 'everyone')) return [];
    const { unit, params = {} } = track.facts?.(event) ?? {};
    const name = unit === undefined ? '' : (tell.unit(unit) ?? tell.say('stage.owner.unknown'));
    const by = event.actor === 'system' ? tell.say('stage.owner.system') : isPublic ? undefined : tell.person(event.actor);
    return [{ at: event.at, text: tell.say(`stage.${track.kind}.event.${event.type}`, { unit: name, ...params }), by: by ?? null }];
  });
}
