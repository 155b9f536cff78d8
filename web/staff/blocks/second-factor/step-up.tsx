import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { Refusal } from '../problem.tsx';
import { RowsSkeleton } from '../skeletons.tsx';
import { Enrolment } from './enrolment.tsx';
import { VerifyForm } from './verify-form.tsx';

/** Shows the second factor; whoever has none binds one first, which counts as shown. */
export function StepUp({ onShown }: { readonly onShown: () => void }) {
  const factor = useQuery({ queryKey: ['second-factor'], queryFn: () => read(api.GET('/api/v1/second-factor')) });
  if (factor.isPending) return <RowsSkeleton rows={2} />;
  if (factor.isError) return <Refusal error={factor.error} retry={() => void factor.refetch()} />;
  return <Asked hasFactor={factor.data.confirmedAt !== null} onShown={onShown} />;
}

/** Decided once: a factor that was just bound still has its recovery codes to show. */
function Asked({ hasFactor, onShown }: { readonly hasFactor: boolean; readonly onShown: () => void }) {
  const [verifies] = useState(hasFactor);
  return verifies ? <VerifyForm onVerified={onShown} /> : <Enrolment onDone={onShown} />;
}
