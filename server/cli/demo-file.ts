// The file that the demo edits, and where in it.

/** Short enough for a terminal of 24 lines, with branches enough for several hunks. */
export const demoFile = `export function total(items: Item[], coupon?: Coupon): number {
  let sum = 0;
  for (const item of items) {
    if (item.count < 0) throw new RangeError(item.name);
    sum += item.price * item.count;
  }
  if (!coupon) return sum;
  const saved = coupon.percent ? (sum * coupon.percent) / 100 : coupon.amount;
  return Math.max(0, sum - saved);
}
`;

export const demoName = 'cart.ts';

/** Inside the function. */
export const demoCursor = { line: 1, character: 2 };
