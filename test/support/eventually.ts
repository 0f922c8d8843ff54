/** Waits until an expectation holds, for what reaches somebody by way of others. */
const STEP_MS = 25;

export async function eventually(expectation: () => Promise<void>, withinMs = 8000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
  }
}
