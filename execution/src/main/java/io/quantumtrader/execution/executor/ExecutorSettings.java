package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How the executor runs.
 *
 * @param bootstrapServers the broker's addresses
 * @param serdes serde configuration in Confluent's names, {@code schema.registry.url} at least
 * @param counts partition counts of the topics
 * @param instanceId names this executor among those that share the work; the same after a restart,
 *     and never used by two at a time
 * @param poll longest wait for the next record while there is work
 * @param idlePoll longest wait after a while without any record
 * @param rewind how many records before the committed position, in each partition of marks, are
 *     read again at a start to know prices; a symbol with none among them has none
 * @param stallAfter how long to wait for marks that are known to exist before starting anew
 * @param kafka further settings for each Kafka client, for example security, {@code
 *     session.timeout.ms} or {@code transaction.timeout.ms}
 * @param mode how far the executor goes by itself
 * @param closesUnprotected whether a position whose stop the exchange refuses is closed
 * @param adopts whether a position that the exchange has and the ledger knows nothing of is booked,
 *     after a minute
 * @param deadMan how long the exchange waits for the executor before it cancels all open orders,
 *     stops too, in symbols in which something is open; zero: for ever
 * @param market market of the exchange, as its feed names it: entries at prices of another one are
 *     refused; empty where the exchange trades whatever is fed
 * @param wallMs the wall clock that steps of the clock are held against, epoch milliseconds UTC
 */
public record ExecutorSettings(
    String bootstrapServers,
    Map<String, Object> serdes,
    PartitionCounts counts,
    String instanceId,
    Duration poll,
    Duration idlePoll,
    int rewind,
    Duration stallAfter,
    Map<String, Object> kafka,
    ExecutorMode mode,
    boolean closesUnprotected,
    boolean adopts,
    Duration deadMan,
    Optional<String> market,
    LongSupplier wallMs) {

  /** Consumer group that reads plans and clock. */
  public static final String GROUP = "quantum-executor";

  /** Group under which the positions in the marks are committed. */
  public static final String MARKET_GROUP = "quantum-executor-market";

  public ExecutorSettings {
    serdes = Map.copyOf(serdes);
    kafka = Map.copyOf(kafka);
    if (instanceId.isBlank()) {
      throw new IllegalArgumentException("the instance id must not be blank");
    }
  }

  /** Starts settings with what has no default. */
  public static Builder builder(String bootstrapServers, Map<String, ?> serdes) {
    return new Builder(bootstrapServers, serdes);
  }

  /** Collects settings. */
  public static final class Builder {

    private final String bootstrapServers;
    private final Map<String, Object> serdes;
    private PartitionCounts counts = PartitionCounts.DEFAULT;
    private String instanceId = "1";
    private Duration poll = Duration.ofMillis(5);
    private Duration idlePoll = Duration.ofMillis(50);
    private int rewind = 5_000;
    private Duration stallAfter = Duration.ofSeconds(30);
    private Map<String, Object> kafka = Map.of();
    private ExecutorMode mode = ExecutorMode.TRADE;
    private boolean closesUnprotected = true;
    private boolean adopts;
    private Duration deadMan = Duration.ZERO;
    private Optional<String> market = Optional.empty();
    private LongSupplier wallMs = WallClock.SYSTEM;

    private Builder(String bootstrapServers, Map<String, ?> serdes) {
      this.bootstrapServers = Objects.requireNonNull(bootstrapServers);
      this.serdes = Map.copyOf(serdes);
    }

    /** Sets the partition counts; {@link PartitionCounts#DEFAULT} otherwise. */
    public Builder counts(PartitionCounts value) {
      counts = value;
      return this;
    }

    /** Sets the name among executors that share the work; {@code 1} otherwise. */
    public Builder instanceId(String value) {
      instanceId = value;
      return this;
    }

    /** Sets the longest waits, while there is work (5 ms) and after a while without (50 ms). */
    public Builder polls(Duration working, Duration idle) {
      poll = working;
      idlePoll = idle;
      return this;
    }

    /** Sets how many marks in each partition are read again at a start; 5 000 otherwise. */
    public Builder rewind(int value) {
      rewind = value;
      return this;
    }

    /** Sets how long to wait for marks that are known to exist; 30 s otherwise. */
    public Builder stallAfter(Duration value) {
      stallAfter = value;
      return this;
    }

    /** Sets further settings for each Kafka client; none otherwise. */
    public Builder kafka(Map<String, ?> value) {
      kafka = Map.copyOf(value);
      return this;
    }

    /** Sets how far the executor goes by itself; it trades otherwise. */
    public Builder mode(ExecutorMode value) {
      mode = value;
      return this;
    }

    /** Sets whether a position whose stop the exchange refuses is closed; it is otherwise. */
    public Builder closesUnprotected(boolean value) {
      closesUnprotected = value;
      return this;
    }

    /**
     * Sets the time after which the exchange cancels all open orders, stops too; never otherwise.
     */
    public Builder deadMan(Duration value) {
      deadMan = value;
      return this;
    }

    /**
     * Sets the market of the exchange, as its feed names it; the exchange trades whatever is fed
     * otherwise.
     */
    public Builder market(Optional<String> value) {
      market = value;
      return this;
    }

    /** Sets whether a position that the ledger knows nothing of is booked; it is left otherwise. */
    public Builder adopts(boolean value) {
      adopts = value;
      return this;
    }

    /** Sets the wall clock that steps of the clock are held against; the machine's otherwise. */
    public Builder wallClock(LongSupplier value) {
      wallMs = value;
      return this;
    }

    public ExecutorSettings build() {
      return new ExecutorSettings(
          bootstrapServers,
          serdes,
          counts,
          instanceId,
          poll,
          idlePoll,
          rewind,
          stallAfter,
          kafka,
          mode,
          closesUnprotected,
          adopts,
          deadMan,
          market,
          wallMs);
    }
  }
}
