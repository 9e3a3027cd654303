package io.quantumtrader.schemas.bounds;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Whether a record of a compacted topic can be a row. One rule for all readers of such a topic: a
 * record that is not a valid row is skipped, the row stays as it was, and the reader reports it; so
 * that all who read it agree. The stages put it among the dead letters, and nobody else does.
 */
public final class TableRow {

  private static final int MAX_KEY = 128;

  private TableRow() {}

  /**
   * Why a record can be no row.
   *
   * @param reason code out of the closed list
   * @param message the same for people
   */
  public record Flaw(ReasonCode reason, String message) {}

  /**
   * Returns why the record can be no row, or empty where it can.
   *
   * @param key its key; null where it has none
   * @param value its value; null for a row that is taken away
   */
  public static Optional<Flaw> flaw(Topic topic, String key, SpecificRecord value) {
    if (key == null || key.isEmpty() || key.length() > MAX_KEY) {
      return Optional.of(
          new Flaw(ReasonCode.KEY_INVALID, "a row has a key of 1 to " + MAX_KEY + " characters"));
    }
    boolean forAll =
        topic == Topic.CONTROL && (key.equals(Accounts.ALL) || key.equals(Accounts.ALL_ORDERS));
    boolean ofAccount = topic == Topic.CONTROL || topic == Topic.POLICY;
    if (ofAccount && !forAll && !Accounts.isName(key)) {
      return Optional.of(new Flaw(ReasonCode.KEY_INVALID, "key " + key + " names no account"));
    }
    if (value == null) {
      return Optional.empty();
    }
    String named = named(value);
    if (named != null && !named.equals(key)) {
      return Optional.of(
          new Flaw(
              ReasonCode.KEY_VALUE_MISMATCH, "key " + key + ", but the value has another name"));
    }
    return RecordBounds.flaw(value).map(text -> new Flaw(ReasonCode.VALUE_OUT_OF_BOUNDS, text));
  }

  /** Some rows are also looked through by their values, which must not say otherwise. */
  private static String named(SpecificRecord value) {
    return switch (value) {
      case Instrument instrument -> instrument.getSymbol();
      case MarketState state -> state.getSymbol();
      case Universe universe -> universe.getName();
      case PolicySchedule schedule -> schedule.getScheduleId();
      default -> null;
    };
  }
}
