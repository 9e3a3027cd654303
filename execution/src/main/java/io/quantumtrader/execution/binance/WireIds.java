package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ExitTrigger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our ids as the exchange keeps them. To the id of a stop that was moved comes what moved it, so
 * that this is known whatever becomes of the process: {@code p} for PROFIT_LOCK, {@code l} for
 * TRAILING_STOP. {@code b} at the end marks an order that protects while another is replaced.
 */
final class WireIds {

  private static final Pattern PLAN = Pattern.compile("qs-[0-9a-f]{16}");
  private static final Pattern PROTECTIVE = Pattern.compile("(qs-[0-9a-f]{16}-([st]))([pl]?)(b?)");

  /**
   * A protective order's id.
   *
   * @param clientOrderId our id of it in the records
   * @param kind stop or target
   * @param trigger what its close is reported to come from
   * @param bridge whether it only protects while another is replaced
   */
  record Protective(String clientOrderId, Kind kind, ExitTrigger trigger, boolean bridge) {}

  private WireIds() {}

  /** Returns whether it is the id of a plan's market order. */
  static boolean isPlan(String id) {
    return PLAN.matcher(id).matches();
  }

  /** Returns the id that the exchange is given for a protective order. */
  static String of(ProtectiveOrder order) {
    return order.clientOrderId()
        + switch (order.trigger()) {
          case PROFIT_LOCK -> "p";
          case TRAILING_STOP -> "l";
          case UNRECOGNIZED,
              NONE,
              STOP_HIT,
              TARGET_HIT,
              RUNG,
              KILL_SCORE,
              INTENT,
              MANUAL_CLOSE,
              LIQUIDATION_GUARD ->
              "";
        };
  }

  /** Returns the id of the order that protects while this one is replaced. */
  static String bridge(String wireId) {
    return wireId + "b";
  }

  /** Returns what an id on the exchange says, or empty where it is not a protective order's. */
  static Optional<Protective> protective(String wireId) {
    Matcher matcher = PROTECTIVE.matcher(wireId);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind = matcher.group(2).equals("s") ? Kind.STOP : Kind.TARGET;
    ExitTrigger trigger =
        switch (matcher.group(3)) {
          case "p" -> ExitTrigger.PROFIT_LOCK;
          case "l" -> ExitTrigger.TRAILING_STOP;
          default -> kind.first();
        };
    return Optional.of(
        new Protective(matcher.group(1), kind, trigger, !matcher.group(4).isEmpty()));
  }
}
