package io.quantumtrader.execution.decision;

import io.quantumtrader.execution.exchange.ProtectiveOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Our order ids, derived from plan ids, so that the exchange can tell an order sent twice. */
public final class ClientOrderIds {

  private static final String PREFIX = "qs-";
  private static final String UNPROTECTED = "-x";
  private static final String DIRECT = "-f";
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
    return PREFIX + planId + suffix(kind);
  }

  /**
   * Returns the id of a protective order whose plan is not known any more, 21 characters: in place
   * of the plan id the first 16 hex digits of SHA-256(account:symbol:last fill id). No other
   * position has the same, because another one in the symbol begins with another fill.
   *
   * @param lastFillId last fill that was booked in the account when the order was given back
   */
  public static String restored(
      String account, String symbol, String lastFillId, ProtectiveOrder.Kind kind) {
    return PREFIX + hash(account + ":" + symbol + ":" + lastFillId) + suffix(kind);
  }

  /**
   * Returns the id of the order that closes a position whose stop the exchange refuses, 21
   * characters: the first 16 hex digits of SHA-256(account:symbol:last fill id:time) between prefix
   * and {@code -x}.
   */
  public static String unprotected(String account, String symbol, String lastFillId, long nowMs) {
    return PREFIX + hash(account + ":" + symbol + ":" + lastFillId + ":" + nowMs) + UNPROTECTED;
  }

  /** Returns whether an order with this id closes a position whose stop was refused. */
  public static boolean isUnprotected(String clientOrderId) {
    return isOurs(clientOrderId, UNPROTECTED);
  }

  /**
   * Returns the id of an order that closes a position without the pipeline, 21 characters: the
   * first 16 hex digits of SHA-256(account:symbol:time) between prefix and {@code -f}.
   */
  public static String direct(String account, String symbol, long atMs) {
    return PREFIX + hash(account + ":" + symbol + ":" + atMs) + DIRECT;
  }

  /** Returns whether an order with this id closed a position without the pipeline. */
  public static boolean isDirect(String clientOrderId) {
    return isOurs(clientOrderId, DIRECT);
  }

  private static boolean isOurs(String clientOrderId, String suffix) {
    return clientOrderId.startsWith(PREFIX)
        && clientOrderId.endsWith(suffix)
        && isPlanId(
            clientOrderId.substring(PREFIX.length(), clientOrderId.length() - suffix.length()));
  }

  private static String hash(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String suffix(ProtectiveOrder.Kind kind) {
    return switch (kind) {
      case STOP -> "-s";
      case TARGET -> "-t";
    };
  }
}
