// Hands the model down to the components.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Model } from './model';

export const ModelContext = createContext<Model | null>(null);

/** @throws Error outside `ModelContext.Provider`. */
export function useModel(): Model {
  const model = useContext(ModelContext);
  if (!model) throw new Error('a component stands outside the options page');
  return model;
}
