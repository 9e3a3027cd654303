package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.OrderSide;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of plans: the same intent always makes the same plan. */
public final class PlanIds {

  private static final int BYTES = 8;

  private PlanIds() {}

  /**
   * Returns the plan id of an intent: the first 16 hex digits of SHA-256 over the UTF-8 text {@code
   * account|intent id|symbol|side}.
   */
  public static String ofIntent(String account, String intentId, String symbol, OrderSide side) {
    return hash(String.join("|", account, intentId, symbol, side.name()));
  }

  /**
   * Returns the plan id of an exit: the first 16 hex digits of SHA-256 over the UTF-8 text {@code
   * account|exit key|attempt}.
   *
   * @param exitKey position, trigger and what of it is to be done
   * @param attempt how many plans for it ended without doing it, 0 or more
   */
  public static String ofExit(String account, String exitKey, int attempt) {
    return hash(String.join("|", account, exitKey, Integer.toString(attempt)));
  }

  /**
   * Returns the plan id of what is left of a close that one order was too small for: the first 16
   * hex digits of SHA-256 over the UTF-8 text {@code account|plan id|rest}.
   *
   * @param planId plan of the part before it
   */
  public static String ofRest(String account, String planId) {
    return hash(String.join("|", account, planId, "rest"));
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
