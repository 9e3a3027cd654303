package io.quantumtrader.topology.decision.snapshot;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.topic.Symbols;
import io.quantumtrader.topology.decision.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the exchange says of positions, on its way to their snapshots. It is shown beside what the
 * ledger and the market say, and nothing is decided by it.
 */
public final class ExchangeViews {

  private ExchangeViews() {}

  /**
   * Returns what an account's row says anew of each position, ascending by symbol.
   *
   * @param before the row before it, if any
   */
  public static List<ExchangeView> changed(Optional<ExchangeAccount> before, ExchangeAccount now) {
    return changed(
        now.getAccount(), now.getAsOfMs(), positions(before), positions(Optional.of(now)));
  }

  /**
   * Returns that nothing is known any more of the positions of an account's last row.
   *
   * @param nowMs time on the clock, epoch ms
   */
  public static List<ExchangeView> gone(ExchangeAccount before, long nowMs) {
    return changed(before.getAccount(), nowMs, positions(Optional.of(before)), Map.of());
  }

  private static List<ExchangeView> changed(
      String account,
      long asOfMs,
      Map<String, ExchangePosition> before,
      Map<String, ExchangePosition> now) {
    Map<String, ExchangePosition> all = new TreeMap<>(before);
    all.putAll(now);
    List<ExchangeView> views = new ArrayList<>();
    for (String symbol : all.keySet()) {
      ExchangePosition said = now.get(symbol);
      if (!same(before.get(symbol), said)) {
        views.add(new ExchangeView(account, symbol, asOfMs, said, 0L, null));
      }
    }
    return views;
  }

  /** What is no symbol is no position of ours, and would not find its way back by its key. */
  private static Map<String, ExchangePosition> positions(Optional<ExchangeAccount> row) {
    Map<String, ExchangePosition> positions = new TreeMap<>();
    for (ExchangePosition each : row.map(ExchangeAccount::getPositions).orElse(List.of())) {
      if (Symbols.isSymbol(each.getSymbol())) {
        positions.put(each.getSymbol(), each);
      }
    }
    return positions;
  }

  /** Field by field: Avro's own comparison fails at a decimal that may be null. */
  private static boolean same(ExchangePosition one, ExchangePosition other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    for (int field = 0; field < one.getSchema().getFields().size(); field++) {
      if (!Objects.equals(one.get(field), other.get(field))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what is kept after the exchange has spoken: that, and the last that it said before that
   * time. A snapshot at a price shows what was said before the price, so that it does not depend on
   * which of the two was quicker.
   *
   * @param known what is kept so far, if anything
   */
  public static ExchangeView after(Optional<ExchangeView> known, ExchangeView said) {
    if (known.isEmpty()) {
      return said;
    }
    ExchangeView last = known.get();
    ExchangeView.Builder kept = Copies.of(said, ExchangeView.newBuilder());
    if (last.getAsOfMs() < said.getAsOfMs()) {
      kept.setEarlierAsOfMs(last.getAsOfMs()).setEarlierPosition(last.getPosition());
    } else if (last.getEarlierAsOfMs() < said.getAsOfMs()) {
      kept.setEarlierAsOfMs(last.getEarlierAsOfMs()).setEarlierPosition(last.getEarlierPosition());
    }
    return kept.build();
  }

  /**
   * Returns the snapshot with the exchange's view of the position beside it: the last one from
   * before the time of the price, if it is of a position on this side, and not of one that was
   * there before this one was opened.
   */
  public static PositionSnapshot beside(PositionSnapshot snapshot, Optional<ExchangeView> view) {
    if (view.isEmpty()) {
      return snapshot;
    }
    boolean isLast = view.get().getAsOfMs() < snapshot.getAsOfMs();
    long asOfMs = isLast ? view.get().getAsOfMs() : view.get().getEarlierAsOfMs();
    ExchangePosition position = isLast ? view.get().getPosition() : view.get().getEarlierPosition();
    boolean ofThisOne =
        position != null
            && asOfMs < snapshot.getAsOfMs()
            && asOfMs >= snapshot.getOpenedAtMs()
            && position.getSide() == snapshot.getSide();
    return ofThisOne
        ? Copies.of(snapshot, PositionSnapshot.newBuilder())
            .setExchange(position)
            .setExchangeAsOfMs(asOfMs)
            .build()
        : snapshot;
  }
}
