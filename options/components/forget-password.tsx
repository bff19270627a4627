// Takes back what was remembered: all secrets of the account at once, those of its TURN servers too.
import { accountToEdit, secretsOf } from '../model';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';
import { ErrorText } from './error-text';

export function ForgetPassword() {
  const model = useModel();
  const { words, forgetSecrets } = model;
  const [forgetting, run] = useSaving();
  const known = accountToEdit(model);
  const held = secretsOf(known).length > 0;
  return (
    <div class="forget">
      {held && (
        <button
          type="button"
          class="quiet"
          disabled={forgetting === 'saving'}
          onClick={() => void run(() => forgetSecrets(known.id))}
        >
          {words('account_forget')}
        </button>
      )}
      <div role="status">
        {forgetting === 'saved' && !held && <span class="good">✓ {words('account_forgotten')}</span>}
        {typeof forgetting === 'object' && <ErrorText error={forgetting} />}
      </div>
    </div>
  );
}
