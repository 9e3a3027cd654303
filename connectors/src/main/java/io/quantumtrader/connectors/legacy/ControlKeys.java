package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.source.KeyReader;
import io.quantumtrader.connectors.redis.source.Output;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The old kill switch and system mode as the trading state of all accounts. Each key carries what
 * an operator wants by it, and the stricter of both holds. A value that is not known, and a key
 * that holds no string, count as the strictest, and the record says so.
 *
 * <p>What an operator set elsewhere holds beside it, until somebody undoes in the keys what shows
 * it there: HALTED by {@code kill}, REDUCING by {@code system:mode}.
 */
public final class ControlKeys implements KeyReader {

  static final String KILL = "kill";
  static final String MODE = "system:mode";

  /** What the records say of who set them, and how their reason begins; the sink asks for both. */
  static final String SET_BY = "redis";

  static final String REASON = "set in Redis:";

  private AvroBytes bytes;

  /** For the mapping. */
  public ControlKeys() {}

  @Override
  public void configure(String topic, Map<String, String> settings) {
    bytes = new AvroBytes(topic, settings);
  }

  /** A stricter state counts at once. A milder one may only be a sink's write that is under way. */
  @Override
  public boolean isUrgent(Change change) {
    return strictness(state(change.now())) > strictness(state(change.before()));
  }

  @Override
  public boolean overrules(Change change) {
    return switch (elsewhere(change)) {
      case HALTED -> undoes(change, KILL, kill(value(change, KILL)));
      case REDUCING -> undoes(change, MODE, mode(value(change, MODE)));
      default -> false;
    };
  }

  private static boolean undoes(Change change, String key, TradingState wished) {
    return change.against().contains(key) && wished == TradingState.ACTIVE;
  }

  @Override
  public List<Output> read(Change change, long nowMs) {
    if (change.against().isEmpty() && !isAnother(change)) {
      return List.of();
    }
    TradingState wished = state(change.now());
    TradingState set = elsewhere(change);
    boolean held = strictness(set) > strictness(wished);
    Control control =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(held ? set : wished)
            .setReason(reason(change.now()) + (held ? ", " + set + " set elsewhere" : ""))
            .setSetBy(SET_BY)
            .setAtMs(nowMs)
            .build();
    return List.of(bytes.output(Accounts.ALL, control));
  }

  private static boolean isAnother(Change change) {
    return kill(value(change, KILL)) != kill(change.before().getOrDefault(KILL, ""))
        || mode(value(change, MODE)) != mode(change.before().getOrDefault(MODE, ""));
  }

  private static String value(Change change, String key) {
    return change.now().getOrDefault(key, "");
  }

  /** A state that this version does not know was set to restrict something: the strictest. */
  private static TradingState elsewhere(Change change) {
    return switch (change.elsewhere()) {
      case "", "ACTIVE" -> TradingState.ACTIVE;
      case "REDUCING" -> TradingState.REDUCING;
      default -> TradingState.HALTED;
    };
  }

  static TradingState state(Map<String, String> values) {
    TradingState kill = kill(values.getOrDefault(KILL, ""));
    TradingState mode = mode(values.getOrDefault(MODE, ""));
    return strictness(kill) >= strictness(mode) ? kill : mode;
  }

  private static TradingState kill(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "", "0", "false", "no" -> TradingState.ACTIVE;
      default -> TradingState.HALTED;
    };
  }

  private static TradingState mode(String value) {
    return switch (value.strip().toUpperCase(Locale.ROOT)) {
      case "", "ACTIVE", "NORMAL" -> TradingState.ACTIVE;
      case "LOCKDOWN", "REDUCING" -> TradingState.REDUCING;
      default -> TradingState.HALTED;
    };
  }

  private static int strictness(TradingState state) {
    return switch (state) {
      case ACTIVE -> 0;
      case REDUCING -> 1;
      default -> 2;
    };
  }

  private static String reason(Map<String, String> values) {
    StringBuilder reason = new StringBuilder(REASON);
    for (String key : List.of(KILL, MODE)) {
      String value = values.getOrDefault(key, "");
      String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
      reason.append(' ').append(key).append(value.isEmpty() ? " not set" : "=" + shown);
    }
    return reason.toString();
  }

  @Override
  public void close() {
    if (bytes != null) {
      bytes.close();
    }
  }
}
