package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a stage makes of one input, all of it, before any of it is written.
 *
 * @param changes changes of the account's state, in the order they are made
 * @param emissions what goes out, in the order it goes
 */
record Outcome(List<Change> changes, List<Emission> emissions) {

  /** Returns an outcome to be filled. */
  static Outcome empty() {
    return new Outcome(new ArrayList<>(), new ArrayList<>());
  }

  /** Returns the outcome that is nothing but a decision. */
  static Outcome of(Decision decision) {
    return empty().emit(Emission.of(decision));
  }

  Outcome change(Change change) {
    changes.add(change);
    return this;
  }

  Outcome emit(Emission emission) {
    emissions.add(emission);
    return this;
  }

  /** Adds a granted plan, and the copy of its permit. */
  Outcome emit(ApplyPlan plan) {
    return emit(Emission.of(plan)).emit(Emission.permitOf(plan));
  }

  /** Adds the account's money, which is kept and published. */
  Outcome money(PortfolioState state) {
    return change(new Change.MoneyChanged(state)).emit(Emission.of(state));
  }

  /** Adds a row of the ledger on both its ways out. */
  Outcome emit(PositionLedger row) {
    return emit(Emission.of(row)).emit(Emission.bySymbol(row));
  }

  /** Hands on every record that is kept or goes out: all of them must be writable. */
  void eachRecord(Consumer<SpecificRecord> check) {
    for (Change change : changes) {
      change.record().ifPresent(check);
    }
    for (Emission emission : emissions) {
      emission.record().ifPresent(check);
    }
  }

  /** Adds what else was decided. */
  Outcome and(Outcome other) {
    changes.addAll(other.changes);
    emissions.addAll(other.emissions);
    return this;
  }
}
