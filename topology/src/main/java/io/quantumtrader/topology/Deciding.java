package io.quantumtrader.topology;

import java.util.function.Supplier;

/** Marks where a stage decides, as against where it reads and writes. */
public final class Deciding {

  private Deciding() {}

  /**
   * Returns what was decided.
   *
   * @param decision reads what it was given and writes nothing
   * @throws DecisionFailedException where the decision throws: the record is at fault, or the code,
   *     and trying again would not help
   */
  public static <T> T on(Supplier<T> decision) {
    try {
      return decision.get();
    } catch (DecisionFailedException refused) {
      throw refused;
    } catch (RuntimeException unexpected) {
      throw new DecisionFailedException(unexpected);
    }
  }
}
