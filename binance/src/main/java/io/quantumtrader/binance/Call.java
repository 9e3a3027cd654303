package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.binance.RateBudget.Urgency;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request to be sent. It holds no secret: those are added as it is sent.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path begins with a slash
 * @param parameters by name, in the order they are sent
 * @param proof what shows who asks
 * @param weight what it weighs, 0 or more
 * @param order whether it counts as an order
 * @param urgency what it is for
 * @param notAfterMs when it must not be sent any more, wall time, epoch milliseconds UTC
 */
public record Call(
    String method,
    String path,
    Map<String, String> parameters,
    Proof proof,
    int weight,
    boolean order,
    Urgency urgency,
    long notAfterMs) {

  private static final long NEVER = Long.MAX_VALUE;

  /** What shows who asks. */
  public enum Proof {
    /** Nothing. */
    NONE,
    /** The key. */
    KEY,
    /** The key and a signature with the time. */
    SIGNED
  }

  public Call {
    // Its order is the order of the query.
    parameters = new LinkedHashMap<>(parameters);
  }

  /** Returns the parameters in their order; a copy. */
  @Override
  public Map<String, String> parameters() {
    return new LinkedHashMap<>(parameters);
  }

  /** Makes a signed request that looks something up. */
  public static Call get(String path, int weight) {
    return new Call("GET", path, Map.of(), Proof.SIGNED, weight, false, Urgency.READ, NEVER);
  }

  /** Makes a signed request that changes something. */
  public static Call of(String method, String path, Urgency urgency) {
    return new Call(method, path, Map.of(), Proof.SIGNED, 1, false, urgency, NEVER);
  }

  /** Makes a signed request that counts as an order, and not by its weight. */
  public static Call order(String path, Urgency urgency) {
    return new Call("POST", path, Map.of(), Proof.SIGNED, 0, true, urgency, NEVER);
  }

  /** Returns it with a parameter more. */
  public Call with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Call(method, path, more, proof, weight, order, urgency, notAfterMs);
  }

  /** Returns it with a whole number more. */
  public Call with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** Returns it with a decimal more, written plainly and without zeros at its end. */
  public Call with(String name, BigDecimal value) {
    String text = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    return with(name, text);
  }

  /** Returns it with another proof. */
  public Call by(Proof other) {
    return new Call(method, path, parameters, other, weight, order, urgency, notAfterMs);
  }

  /** Returns it with another urgency. */
  public Call as(Urgency other) {
    return new Call(method, path, parameters, proof, weight, order, other, notAfterMs);
  }

  /**
   * Returns it with a time from which on it must not be sent, or sent again.
   *
   * @param wallMs epoch milliseconds UTC
   */
  public Call notAfter(long wallMs) {
    return new Call(method, path, parameters, proof, weight, order, urgency, wallMs);
  }

  /** Returns the query as it is sent, without signature. */
  public String query() {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
