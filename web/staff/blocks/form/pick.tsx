import { useState } from 'react';
import { Select, type SelectProps } from 'antd';

type Options = NonNullable<SelectProps['options']>;

/**
 * A choice whose options come from the server. Before they are there it does not open with nothing in it; while it is open its
 * list stays as it was, so that what is read anew meanwhile takes nobody from their place.
 */
export function Pick<Value>({ options = [], onOpenChange, ...rest }: SelectProps<Value>) {
  const [held, hold] = useState<Options>([]);
  return (
    <Select<Value>
      {...rest}
      options={held.length > 0 ? held : options}
      {...(options.length === 0 && rest.loading !== false && { notFoundContent: null })}
      onOpenChange={(isOpen) => {
        hold(isOpen ? options : []);
        onOpenChange?.(isOpen);
      }}
    />
  );
}
