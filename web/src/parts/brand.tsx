/** The mark: three stones that lie on each other. Decorative beside the name. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <ellipse cx="16" cy="24.6" rx="11" ry="4" fill="#5b8def" />
      <ellipse cx="16.7" cy="16.4" rx="7.9" ry="3.4" fill="#9dbcf7" />
      <ellipse cx="15.3" cy="8.9" rx="4.9" ry="2.9" fill="#e9f0ff" />
    </svg>
  );
}
