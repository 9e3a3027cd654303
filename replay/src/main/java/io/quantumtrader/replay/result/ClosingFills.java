package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which fills reduced a position, by folding fills into open amounts on its own, each fill id
 * once. Results of an account are in one partition, so they come in order.
 */
public final class ClosingFills {

  private final Map<String, BigDecimal> amounts = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  /**
   * Takes in a result.
   *
   * @return what led to it where its fill reduced a position, else empty
   */
  public Optional<String> take(ApplyResult result) {
    if (result.getFill() == null
        || !seen.add(result.getAccount() + ":" + result.getFill().getFillId())) {
      return Optional.empty();
    }
    String position = Accounts.key(result.getAccount(), result.getSymbol());
    BigDecimal quantity = result.getFill().getQuantity();
    BigDecimal change = result.getSide() == OrderSide.BUY ? quantity : quantity.negate();
    BigDecimal before = amounts.getOrDefault(position, BigDecimal.ZERO);
    amounts.put(position, before.add(change));
    boolean reduces = before.signum() * change.signum() < 0;
    return reduces ? Optional.of(reason(result)) : Optional.empty();
  }

  /**
   * A close that an intent requested carries no trigger, nor does one that the exchange did by
   * itself.
   */
  private static String reason(ApplyResult result) {
    if (result.getTrigger() != ExitTrigger.NONE) {
      return result.getTrigger().name();
    }
    return result.getOrigin() == ResultOrigin.PLAN
        ? ExitTrigger.INTENT.name()
        : result.getOrigin().name();
  }
}
