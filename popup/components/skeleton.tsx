// Stands where the state will be, before anything is known: it claims nothing.
export function Skeleton() {
  return (
    <main class="bands skeleton" aria-busy="true">
      <span class="skeleton-field" />
      <span class="skeleton-row" />
      <span class="skeleton-row" />
      <span class="skeleton-row" />
    </main>
  );
}
