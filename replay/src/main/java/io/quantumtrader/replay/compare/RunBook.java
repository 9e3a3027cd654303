package io.quantumtrader.replay.compare;

import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.result.ResultFold;
import io.quantumtrader.schemas.avro.Decision;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What is written down of a run while it goes on; nothing of what it only warms up with. */
final class RunBook implements Consumer<SpecificRecord> {

  private final ResultFold results = new ResultFold();
  private final DecisionBook decisions = new DecisionBook();
  private boolean warmingUp;

  RunBook(boolean warmsUp) {
    warmingUp = warmsUp;
  }

  boolean isWarmingUp() {
    return warmingUp;
  }

  /** Has figures and decisions begin now. */
  void begin() {
    warmingUp = false;
    results.beginHere();
  }

  @Override
  public void accept(SpecificRecord record) {
    if (!(record instanceof Decision decision)) {
      results.accept(record);
    } else if (!warmingUp) {
      decisions.add(decision);
    }
  }

  VariantRun run(Variant variant, StateHash hash) {
    return new VariantRun(variant, results.results(), decisions, hash);
  }
}
