/** How wide a chart may be drawn. */
import { useEffect, useRef, useState } from "preact/hooks";

/** The width that an element has, so that a chart is drawn for it instead of being scaled with its letters. */
export function useWidth<E extends Element>(initial: number) {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width || initial));
    observer.observe(element);
    return () => observer.disconnect();
  }, [initial]);
  return { ref, width };
}
