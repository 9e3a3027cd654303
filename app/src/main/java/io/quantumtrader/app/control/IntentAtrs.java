package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the intents that positions may have been opened by: the last of the same account, symbol
 * and direction that was sent by the time the position was opened and carried an ATR. Intents are
 * taken in any order. Not safe for use by several threads.
 */
final class IntentAtrs {

  private final List<PositionLedger> positions;
  private final Map<String, TradeIntent> found = new HashMap<>();

  /**
   * Creates it for open positions.
   *
   * @param positions their rows of the ledger
   */
  IntentAtrs(List<PositionLedger> positions) {
    this.positions = List.copyOf(positions);
  }

  /** Takes an intent. */
  void take(TradeIntent intent) {
    for (PositionLedger position : positions) {
      if (mayHaveOpened(intent, position)) {
        found.merge(
            position.getPositionId(),
            intent,
            (known, next) -> next.getCreatedAtMs() >= known.getCreatedAtMs() ? next : known);
      }
    }
  }

  /** Returns what was found, by position in the order given; positions without are left out. */
  List<IntentAtr> found() {
    List<IntentAtr> atrs = new ArrayList<>();
    for (PositionLedger position : positions) {
      TradeIntent intent = found.get(position.getPositionId());
      if (intent != null) {
        atrs.add(
            IntentAtr.newBuilder()
                .setAccount(position.getAccount())
                .setSymbol(position.getSymbol())
                .setAtr(intent.getAtr())
                .setFactor(usable(intent.getVolatilityFactor()).orElse(null))
                .setIntentId(intent.getIntentId())
                .build());
      }
    }
    return List.copyOf(atrs);
  }

  private static boolean mayHaveOpened(TradeIntent intent, PositionLedger position) {
    return intent.getAccount().equals(position.getAccount())
        && intent.getSymbol().equals(position.getSymbol())
        && !intent.getReduceOnly()
        && isInDirection(intent.getAction(), position.getSide())
        && usable(intent.getAtr()).isPresent()
        && (position.getOpenedAtMs() == null
            || intent.getCreatedAtMs() <= position.getOpenedAtMs());
  }

  private static boolean isInDirection(IntentAction action, PositionSide side) {
    return switch (action) {
      case BUY, OPEN_LONG -> side == PositionSide.LONG;
      case SELL, OPEN_SHORT -> side == PositionSide.SHORT;
      case CLOSE, HOLD, UNRECOGNIZED -> false;
    };
  }

  private static Optional<Double> usable(Double number) {
    return Optional.ofNullable(number).filter(value -> Double.isFinite(value) && value > 0);
  }
}
