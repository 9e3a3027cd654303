package io.quantumtrader.schemas.topic;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topic catalog: the only place that knows names, keys, value types, partition groups and
 * cleanup. Keys are plain UTF-8 strings, values Avro in the registry's wire format.
 */
public enum Topic {
  CLOCK("quantum.clock", "partition number", Clock.class, PartitionGroup.ACCOUNT, Cleanup.DELETE),
  CANDLE("quantum.market.candle", "symbol", Candle.class, PartitionGroup.SYMBOL, Cleanup.DELETE),
  /**
   * Prices between candles, and the candles themselves ahead of the stages, which say that they are
   * candles: an exchange sees what was traded before the stages do.
   */
  MARK("quantum.market.mark", "symbol", Candle.class, PartitionGroup.SYMBOL, Cleanup.DELETE),
  MARKET_STATE(
      "quantum.market.state", "symbol", MarketState.class, PartitionGroup.SYMBOL, Cleanup.COMPACT),
  INSTRUMENT(
      "quantum.instrument", "symbol", Instrument.class, PartitionGroup.SINGLE, Cleanup.COMPACT),
  UNIVERSE(
      "quantum.universe",
      "active or top10",
      Universe.class,
      PartitionGroup.SINGLE,
      Cleanup.COMPACT),
  POLICY(
      "quantum.policy", "default or account", Policy.class, PartitionGroup.SINGLE, Cleanup.COMPACT),
  POLICY_SCHEDULE(
      "quantum.policy.schedule",
      "schedule id",
      PolicySchedule.class,
      PartitionGroup.SINGLE,
      Cleanup.COMPACT),
  CONTROL("quantum.control", "* or account", Control.class, PartitionGroup.SINGLE, Cleanup.COMPACT),
  TRADE_INTENT(
      "quantum.trade.intent", "account", TradeIntent.class, PartitionGroup.ACCOUNT, Cleanup.DELETE),
  APPLY_PLAN(
      "quantum.apply.plan", "account", ApplyPlan.class, PartitionGroup.ACCOUNT, Cleanup.DELETE),
  APPROVAL("quantum.approval", "account", Approval.class, PartitionGroup.ACCOUNT, Cleanup.DELETE),
  PERMIT("quantum.permit", "plan id", Permit.class, PartitionGroup.SYMBOL, Cleanup.DELETE),
  APPLY_RESULT(
      "quantum.apply.result", "account", ApplyResult.class, PartitionGroup.ACCOUNT, Cleanup.DELETE),
  POSITION_LEDGER(
      "quantum.position.ledger",
      "account:symbol",
      PositionLedger.class,
      PartitionGroup.ACCOUNT,
      Cleanup.COMPACT),
  POSITION_SNAPSHOT(
      "quantum.position.snapshot",
      "account:symbol",
      PositionSnapshot.class,
      PartitionGroup.ACCOUNT,
      Cleanup.COMPACT),
  HARVEST_PROPOSAL(
      "quantum.harvest.proposal",
      "account:symbol",
      HarvestProposal.class,
      PartitionGroup.ACCOUNT,
      Cleanup.COMPACT),
  HARVEST_CALIBRATED(
      "quantum.harvest.calibrated",
      "account:symbol",
      HarvestProposal.class,
      PartitionGroup.ACCOUNT,
      Cleanup.COMPACT),
  PORTFOLIO_STATE(
      "quantum.portfolio.state",
      "account",
      PortfolioState.class,
      PartitionGroup.ACCOUNT,
      Cleanup.COMPACT),
  EXCHANGE_ACCOUNT(
      "quantum.exchange.account",
      "account",
      ExchangeAccount.class,
      PartitionGroup.ACCOUNT,
      Cleanup.COMPACT),
  EXCHANGE_INCOME(
      "quantum.exchange.income",
      "account",
      ExchangeIncome.class,
      PartitionGroup.ACCOUNT,
      Cleanup.DELETE),
  DECISION("quantum.decision", "account", Decision.class, PartitionGroup.ACCOUNT, Cleanup.DELETE),
  /** Values are the source's own bytes with headers that say why; there is no schema. */
  DEAD_LETTER("quantum.dlq", "source key", null, PartitionGroup.SINGLE, Cleanup.DELETE),
  LETTER_REPLAY(
      "quantum.dlq.replay",
      "topic:partition:offset",
      LetterReplay.class,
      PartitionGroup.SINGLE,
      Cleanup.DELETE);

  /** What the broker does with old records. */
  public enum Cleanup {
    DELETE,
    COMPACT;

    /** Returns the value of the topic setting {@code cleanup.policy}. */
    public String policy() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final String topicName;
  private final String keyMeaning;
  private final Class<? extends SpecificRecord> valueType;
  private final PartitionGroup group;
  private final Cleanup cleanup;

  private static final Map<String, Topic> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, each -> each));

  Topic(
      String topicName,
      String keyMeaning,
      Class<? extends SpecificRecord> valueType,
      PartitionGroup group,
      Cleanup cleanup) {
    this.topicName = topicName;
    this.keyMeaning = keyMeaning;
    this.valueType = valueType;
    this.group = group;
    this.cleanup = cleanup;
  }

  /** Returns the name on the broker. */
  public String topicName() {
    return topicName;
  }

  /** Returns what the key says, for people. */
  public String keyMeaning() {
    return keyMeaning;
  }

  /** Returns the Java class of the value, or empty where the value is bytes. */
  public Optional<Class<? extends SpecificRecord>> valueType() {
    return Optional.ofNullable(valueType);
  }

  /** Returns the Avro schema of the value, or empty where the value is bytes. */
  public Optional<Schema> valueSchema() {
    return valueType().map(type -> SpecificData.get().getSchema(type));
  }

  /** Returns the registry subject of the value under the topic name strategy. */
  public String subject() {
    return topicName + "-value";
  }

  public PartitionGroup group() {
    return group;
  }

  public Cleanup cleanup() {
    return cleanup;
  }

  /**
   * Returns whether a compacted topic nevertheless keeps every record: what was in force when has
   * to be told years later.
   */
  public boolean keepsHistory() {
    return this == POLICY;
  }

  /** Returns the catalog entry with this name on the broker, if it is one of ours. */
  public static Optional<Topic> named(String topicName) {
    return Optional.ofNullable(BY_NAME.get(topicName));
  }
}
