import { useEffect, useRef } from 'react';
import './order.css';

const END_PIXELS = 8;

/** A long text that tells when its reader has come to its end; at once when all of it shows. */
export function WarningText({ children, onEnd }: { children: string; onEnd: () => void }) {
  const host = useRef<HTMLQuoteElement>(null);
  const look = () => {
    const { current } = host;
    if (current === null) return;
    const left = current.scrollHeight - current.scrollTop - current.clientHeight;
    if (left <= END_PIXELS) onEnd();
  };
  // oxlint-disable-next-line react/exhaustive-deps -- the text alone decides whether all of it shows
  useEffect(look, [children]);
  return (
    <blockquote ref={host} className="warning-text" tabIndex={0} onScroll={look}>
      {children}
    </blockquote>
  );
}
