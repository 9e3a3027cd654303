package io.quantumtrader.app.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.UniverseKeys;
import io.quantumtrader.topology.decision.Stage;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Turns committed records into counters and gauges. Each label has a closed list of values, and
 * what can be counted is there at 0 before the first record.
 */
final class PipelineMetrics {

  private static final String OTHER = "other";
  private static final String AGENT = "agent";
  private static final Set<String> STAGES =
      Stream.concat(Arrays.stream(Stage.values()).map(Stage::label), Stream.of("executor"))
          .collect(Collectors.toUnmodifiableSet());

  private final MeterRegistry registry;
  private final ClockGauges clock;
  private final AccountGauges accounts;
  private final ExchangeGauges exchange;
  private volatile int topSymbols;

  /**
   * Shows what can be counted from these topics.
   *
   * @param topics what will be handed in
   * @param watch is told each step of the clock
   */
  PipelineMetrics(MeterRegistry registry, Set<Topic> topics, ClockWatch watch) {
    this.registry = registry;
    this.clock = new ClockGauges(watch);
    this.accounts = new AccountGauges(registry, clock::nowMs);
    this.exchange = new ExchangeGauges(registry, clock::nowMs);
    topics.forEach(this::show);
  }

  private void show(Topic topic) {
    Metric.READER_UNREADABLE.counter(registry, topic.topicName());
    switch (topic) {
      case DECISION -> showDecisions();
      case PERMIT -> each(PermitKind.values(), Metric.PERMITS_GRANTED);
      case APPLY_PLAN -> each(PlanAction.values(), Metric.PLANS);
      case APPLY_RESULT -> {
        each(ResultOutcome.values(), Metric.RESULTS);
        each(ResultOrigin.values(), Metric.FILLS);
        each(PermitKind.values(), Metric.PERMITS_LAPSED);
      }
      case TRADE_INTENT -> {
        Stream.of(AGENT, OTHER).forEach(sender -> Metric.INTENTS.counter(registry, sender));
        Metric.INTENTS_MOVED.counter(registry);
      }
      case DEAD_LETTER -> {
        Arrays.stream(Topic.values())
            .forEach(source -> Metric.DEAD_LETTERS.counter(registry, source.topicName()));
        Metric.DEAD_LETTERS.counter(registry, OTHER);
      }
      case CLOCK -> clock.show(registry);
      case UNIVERSE ->
          Metric.TOP_SYMBOLS.gauge(
              registry, this, now -> now.clock.nowMs() == 0 ? Double.NaN : now.topSymbols);
      default -> {
        // Gauges of an account appear with its first record.
      }
    }
  }

  private void each(Enum<?>[] values, Metric metric) {
    for (Enum<?> value : values) {
      metric.counter(registry, value.name());
    }
  }

  /** Shows each code under the stage it is made for; a code met elsewhere appears there too. */
  private void showDecisions() {
    for (ReasonCode code : ReasonCode.values()) {
      String stage = home(code);
      for (Verdict verdict : Verdict.values()) {
        Metric.DECISIONS.counter(registry, stage, verdict.name(), code.name());
      }
    }
  }

  private static String home(ReasonCode code) {
    String group = code.stage().replace("-note", "");
    return group.equals("intake") ? Stage.BRIDGE.label() : stage(group);
  }

  private static String stage(String name) {
    return STAGES.contains(name) ? name : OTHER;
  }

  /**
   * Takes one committed record; called by one thread.
   *
   * @param value the decoded value; null for a tombstone and for dead letters
   */
  void accept(Topic topic, ConsumerRecord<byte[], byte[]> raw, SpecificRecord value) {
    if (topic == Topic.DEAD_LETTER) {
      Metric.DEAD_LETTERS.counter(registry, source(raw)).increment();
      return;
    }
    if (topic == Topic.POLICY) {
      if (raw.key() != null) {
        accounts.policy(new String(raw.key(), UTF_8), (Policy) value);
      }
      return;
    }
    switch (value) {
      case null -> {
        // A tombstone: nothing of what is shown is ever taken away.
      }
      case Decision decision ->
          Metric.DECISIONS
              .counter(
                  registry,
                  stage(decision.getStage()),
                  decision.getVerdict().name(),
                  ReasonCode.named(decision.getCode()).map(Enum::name).orElse("UNRECOGNIZED"))
              .increment();
      case Permit permit ->
          Metric.PERMITS_GRANTED.counter(registry, permit.getKind().name()).increment();
      case ApplyPlan plan -> Metric.PLANS.counter(registry, plan.getAction().name()).increment();
      case TradeIntent intent -> count(raw, intent);
      case ApplyResult result -> count(result);
      case PortfolioState state -> accounts.portfolio(state);
      case ExchangeAccount account -> exchange.account(account);
      case Control control -> accounts.control(control);
      case Clock step -> clock.step(step);
      case Universe universe -> {
        if (universe.getName().equals(UniverseKeys.TOP)) {
          topSymbols = universe.getSymbols().size();
        }
      }
      default -> {
        // Nothing is shown of it.
      }
    }
  }

  /** Counts a record that could not be decoded. */
  void unreadable(Topic topic) {
    Metric.READER_UNREADABLE.counter(registry, topic.topicName()).increment();
  }

  /** One that the stages brought to its partition was counted where it was sent to. */
  private void count(ConsumerRecord<byte[], byte[]> raw, TradeIntent intent) {
    if (raw.headers().lastHeader(IntentHeaders.MOVED_FROM) == null) {
      Metric.INTENTS.counter(registry, sender(intent.getSource())).increment();
    } else {
      Metric.INTENTS_MOVED.counter(registry).increment();
    }
  }

  private void count(ApplyResult result) {
    Metric.RESULTS.counter(registry, result.getOutcome().name()).increment();
    if (result.getFill() != null) {
      Metric.FILLS.counter(registry, result.getOrigin().name()).increment();
    }
    if (result.getOutcome() == ResultOutcome.LAPSED) {
      // The gate that lets a position grow is P33; everything else only reduces.
      PermitKind kind = result.getReduceOnly() ? PermitKind.P26 : PermitKind.P33;
      Metric.PERMITS_LAPSED.counter(registry, kind.name()).increment();
    }
  }

  private static String sender(String source) {
    return source.equals(AgentSettings.DEFAULT.source()) ? AGENT : OTHER;
  }

  private static String source(ConsumerRecord<byte[], byte[]> letter) {
    Header streams = letter.headers().lastHeader(DeadLetter.TOPIC);
    Header topic =
        streams != null ? streams : letter.headers().lastHeader("__connect.errors.topic");
    return topic == null
        ? OTHER
        : Topic.named(new String(topic.value(), UTF_8)).map(Topic::topicName).orElse(OTHER);
  }
}
