package io.quantumtrader.execution.decision;

import io.quantumtrader.execution.exchange.ProtectiveOrder;
import java.util.regex.Pattern;

/** Our order ids, derived from plan ids, so that the exchange can tell an order sent twice. */
public final class ClientOrderIds {

  private static final String PREFIX = "qs-";
  private static final Pattern PLAN_ID = Pattern.compile("[0-9a-f]{16}");

  private ClientOrderIds() {}

  /** Returns whether this is a plan id: 16 lower-case hex digits. */
  public static boolean isPlanId(String text) {
    return PLAN_ID.matcher(text).matches();
  }

  /** Returns the id of a plan's market order, 19 characters for a plan id. */
  public static String of(String planId) {
    return PREFIX + planId;
  }

  /** Returns the id of a plan's protective order of this kind, 21 characters for a plan id. */
  public static String of(String planId, ProtectiveOrder.Kind kind) {
    return PREFIX
        + planId
        + switch (kind) {
          case STOP -> "-s";
          case TARGET -> "-t";
        };
  }
}
