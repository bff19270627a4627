// Hands the store to every component of the view.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PhoneStore } from '../store';

export const PhoneContext = createContext<PhoneStore | undefined>(undefined);

export function usePhone(): PhoneStore {
  const store = useContext(PhoneContext);
  if (!store) throw new Error('a component of the phone stands outside of it');
  return store;
}
