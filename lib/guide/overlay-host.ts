const hosts = new WeakSet<EventTarget>();

/** The overlay's own element is no part of the page. */
export const markOverlay = (host: Element): unknown => hosts.add(host);

/** Is this the overlay's own element? An observer of the page passes over it. */
export const isOverlay = (node: EventTarget | null): boolean => node !== null && hosts.has(node);
