package io.quantumtrader.topology;

import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** Marks where a stage decides, as against where it reads and writes. */
public final class Deciding {

  private Deciding() {}

  /**
   * Checks that a record can be kept, where it is kept as it came.
   *
   * @throws DecisionFailedException where it cannot be written, or is larger than what is made of
   *     it could carry
   */
  public static void checkBounds(SpecificRecord record) {
    Optional<String> flaw = RecordBounds.flaw(record);
    if (flaw.isPresent()) {
      throw new DecisionFailedException(ReasonCode.VALUE_OUT_OF_BOUNDS, flaw.get());
    }
  }

  /**
   * Returns what was decided.
   *
   * @param decision reads what it was given and writes nothing
   * @throws DecisionFailedException where the decision throws, or comes to something that cannot be
   *     written: the record is at fault, or the code, and trying again would not help
   */
  public static <T> T on(Supplier<T> decision) {
    return tried(decision, Writable::check);
  }

  /**
   * Returns what was decided, where the stage says what of it will be written.
   *
   * @param decision reads what it was given and writes nothing
   * @param written hands on every record that will be written
   * @throws DecisionFailedException as above
   */
  public static <T> T on(Supplier<T> decision, BiConsumer<T, Consumer<SpecificRecord>> written) {
    return tried(decision, decided -> written.accept(decided, Writable::check));
  }

  private static <T> T tried(Supplier<T> decision, Consumer<T> check) {
    try {
      T decided = decision.get();
      check.accept(decided);
      return decided;
    } catch (DecisionFailedException refused) {
      throw refused;
    } catch (RuntimeException unexpected) {
      throw new DecisionFailedException(unexpected);
    }
  }
}
