package io.quantumtrader.replay.simulate;

import io.quantumtrader.replay.stages.RestoredRows;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.Names;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * Tasks that begin anew at every step and have lost some rows of a store. A store that does not
 * have a row is what a rule that does not look at the row would decide on.
 */
final class ForgetfulTask implements Tampering {

  private final String store;
  private final BiPredicate<OpenPlan, Long> keeps;

  /**
   * Creates it.
   *
   * @param keeps which open plans are remembered, by the time of the world; null for no row at all
   */
  private ForgetfulTask(String store, BiPredicate<OpenPlan, Long> keeps) {
    this.store = store;
    this.keeps = keeps;
  }

  /** Intents that were seen are forgotten, so that none is known to be a repetition. */
  static ForgetfulTask withoutSeenIntents() {
    return new ForgetfulTask(Names.SEEN_INTENT_STORE, null);
  }

  /** Fills that were booked are forgotten, so that one that comes again is booked again. */
  static ForgetfulTask withoutSeenFills() {
    return new ForgetfulTask(Names.SEEN_FILL_STORE, null);
  }

  /** A reservation is given back when its permit is over. */
  static ForgetfulTask freeingWhatLapsed() {
    return new ForgetfulTask(
        Names.OPEN_PLAN_STORE,
        (plan, nowMs) ->
            plan.getAction() != PlanAction.ENTRY || nowMs < plan.getGrantedAtMs() + 60_000);
  }

  /** Only positions are counted: no reservation is remembered. */
  static ForgetfulTask withoutReservations() {
    return new ForgetfulTask(
        Names.OPEN_PLAN_STORE, (plan, nowMs) -> plan.getAction() != PlanAction.ENTRY);
  }

  @Override
  public RestoredRows remembered(RecordSerdes serdes, LongSupplier nowMs) {
    var plans = serdes.of(OpenPlan.class).deserializer();
    return (of, key, value) -> {
      if (!of.equals(store)) {
        return true;
      }
      return value == null
          || (keeps != null && keeps.test(plans.deserialize(store, value), nowMs.getAsLong()));
    };
  }
}
