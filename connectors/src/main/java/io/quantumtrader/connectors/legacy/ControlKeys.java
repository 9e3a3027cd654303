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
 * The old kill switch and system mode as the trading state of all accounts. The stricter of both
 * holds. A value that is not known counts as the strictest, and the record says so.
 */
public final class ControlKeys implements KeyReader {

  static final String KILL = "kill";
  static final String MODE = "system:mode";

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
    return strictness(state(change.now())) > strictness(state(change.written()));
  }

  @Override
  public List<Output> read(Change change, long nowMs) {
    TradingState state = state(change.now());
    if (state == state(change.written())) {
      return List.of();
    }
    Control control =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(state)
            .setReason(reason(change.now()))
            .setSetBy("redis")
            .setAtMs(nowMs)
            .build();
    return List.of(bytes.output(Accounts.ALL, control));
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
    StringBuilder reason = new StringBuilder("set in Redis:");
    values.forEach(
        (key, value) -> {
          String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
          reason.append(' ').append(key).append(value.isEmpty() ? " absent" : "=" + shown);
        });
    return reason.toString();
  }

  @Override
  public void close() {
    if (bytes != null) {
      bytes.close();
    }
  }
}
