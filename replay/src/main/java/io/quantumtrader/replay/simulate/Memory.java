package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What was seen on the topics so far, for events that repeat it, change it or act on it. */
final class Memory implements Watcher {

  private final List<TradeIntent> intents = new ArrayList<>();
  private final List<ApplyPlan> plans = new ArrayList<>();
  private final List<ApplyResult> fills = new ArrayList<>();
  private final Map<String, PositionLedger> rows = new TreeMap<>();

  @Override
  public void intent(TradeIntent intent) {
    intents.add(intent);
  }

  @Override
  public void plan(ApplyPlan plan) {
    plans.add(plan);
  }

  @Override
  public void result(ApplyResult result, boolean rogue) {
    if (!rogue && result.getFill() != null) {
      fills.add(result);
    }
  }

  @Override
  public void ledger(PositionLedger row) {
    rows.put(row.getAccount() + ":" + row.getSymbol(), row);
  }

  /** Returns an intent that was sent lately, or any. */
  Optional<TradeIntent> intent(SplittableRandom random) {
    return recent(intents, random);
  }

  /** Returns one of the last plans. */
  Optional<ApplyPlan> plan(SplittableRandom random) {
    return recent(plans, random);
  }

  /** Returns the plan that was made last. */
  Optional<ApplyPlan> lastPlan() {
    return plans.isEmpty() ? Optional.empty() : Optional.of(plans.getLast());
  }

  /** Returns one of the last results with a fill. */
  Optional<ApplyResult> fill(SplittableRandom random) {
    return recent(fills, random);
  }

  private static <T> Optional<T> recent(List<T> of, SplittableRandom random) {
    if (of.isEmpty()) {
      return Optional.empty();
    }
    int back = random.nextInt(Math.min(of.size(), 12));
    return Optional.of(of.get(of.size() - 1 - back));
  }

  /** Returns whether the ledger has a position on this side. */
  boolean has(String account, String symbol, PositionSide side) {
    PositionLedger row = rows.get(account + ":" + symbol);
    return row != null && row.getSide() == side;
  }

  /** Returns an open position. */
  Optional<PositionLedger> position(SplittableRandom random) {
    List<PositionLedger> open =
        rows.values().stream().filter(row -> row.getSide() != PositionSide.FLAT).toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
  }
}
