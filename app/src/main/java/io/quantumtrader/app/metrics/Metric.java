package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The project's own metrics: the only place that knows their names, labels and meaning. Nobody
 * creates one beside it, and {@code docs/metrics.md} is generated from it.
 */
public enum Metric {
  DECISIONS(
      "quantum.decisions",
      Meter.Type.COUNTER,
      "Committed decisions. Every reason code is there from the start, at 0.",
      "stage",
      "verdict",
      "code"),
  PERMITS_GRANTED(
      "quantum.permits.granted",
      Meter.Type.COUNTER,
      "Permits granted: P33 by the portfolio gate, P26 by the apply layer.",
      "kind"),
  PERMITS_LAPSED(
      "quantum.permits.lapsed",
      Meter.Type.COUNTER,
      "Plans that the executor refused because their permit had expired.",
      "kind"),
  PLANS("quantum.plans", Meter.Type.COUNTER, "Plans made, by what they do.", "action"),
  INTENTS(
      "quantum.intents",
      Meter.Type.COUNTER,
      "Intents: agent is the project's own, other is every other sender.",
      "sender"),
  INTENTS_MOVED(
      "quantum.intents.moved",
      Meter.Type.COUNTER,
      "Intents brought to their account's partition: their sender partitions unlike Kafka's Java"
          + " client, or sent no key. Each is in quantum_intents_total once."),
  RESULTS(
      "quantum.results",
      Meter.Type.COUNTER,
      "Results by outcome; SUBMITTING is written before the exchange is called.",
      "outcome"),
  FILLS("quantum.fills", Meter.Type.COUNTER, "Fills by what led to them.", "origin"),
  DEAD_LETTERS(
      "quantum.dead.letters",
      Meter.Type.COUNTER,
      "Dead letters by the topic they came from or were meant for; other if it is not in the"
          + " catalog.",
      "topic"),
  EQUITY(
      "quantum.equity",
      Meter.Type.GAUGE,
      "Wallet plus unrealised profit, quote currency; NaN where it is not known.",
      "account"),
  EQUITY_KNOWN(
      "quantum.equity.known",
      Meter.Type.GAUGE,
      "1 where equity is known and not older on the clock than equityMaxAgeMs of the account's"
          + " policy, else 0: then entries are denied.",
      "account"),
  OPEN_POSITIONS("quantum.open.positions", Meter.Type.GAUGE, "Open positions.", "account"),
  RESERVATIONS(
      "quantum.reservations",
      Meter.Type.GAUGE,
      "Plans granted that have no final result yet.",
      "account"),
  MARGIN_IN_USE(
      "quantum.margin.in.use",
      Meter.Type.GAUGE,
      "Margin of open positions, quote currency.",
      "account"),
  MARGIN_RESERVED(
      "quantum.margin.reserved",
      Meter.Type.GAUGE,
      "Margin of reservations, quote currency.",
      "account"),
  EXPOSURE(
      "quantum.exposure",
      Meter.Type.GAUGE,
      "Margin in use and reserved over equity, fraction; NaN where equity is not known.",
      "account"),
  MARGIN_RATIO(
      "quantum.margin.ratio",
      Meter.Type.GAUGE,
      "Equity over gross notional, fraction; NaN where nothing is open.",
      "account"),
  HEAT(
      "quantum.heat",
      Meter.Type.GAUGE,
      "Sum of notional times daily sigma over equity; NaN where equity is not known.",
      "account"),
  DRAWDOWN(
      "quantum.drawdown",
      Meter.Type.GAUGE,
      "Loss from peak equity, fraction, 0 or more.",
      "account"),
  CONSECUTIVE_LOSSES(
      "quantum.consecutive.losses", Meter.Type.GAUGE, "Losing trades in a row.", "account"),
  REALIZED_PROFIT(
      "quantum.realized.profit",
      Meter.Type.GAUGE,
      "Total realised profit, before fees, quote currency.",
      "account"),
  FEES("quantum.fees", Meter.Type.GAUGE, "Total fees, quote currency.", "account"),
  ENTRIES_HALTED(
      "quantum.entries.halted",
      Meter.Type.GAUGE,
      "1 while the portfolio gate halts entries after losses, else 0.",
      "account"),
  POSITIONS_HELD(
      "quantum.positions.held",
      Meter.Type.GAUGE,
      "Symbols in which ledger and exchange disagree; entries wait there.",
      "account"),
  WALLET_DIFFERENCE(
      "quantum.wallet.difference",
      Meter.Type.GAUGE,
      "Wallet less what it should be by the books, quote currency, once that has lasted; else 0.",
      "account"),
  POSITIONS_UNPROTECTED(
      "quantum.positions.unprotected",
      Meter.Type.GAUGE,
      "Open positions that have no stop on the exchange.",
      "account"),
  UNPROTECTED_TIME(
      "quantum.unprotected.seconds",
      Meter.Type.GAUGE,
      "How long the oldest open position without a stop on the exchange has been without one,"
          + " seconds on the clock; 0 where each has one.",
      "account"),
  TRADING_STATE(
      "quantum.trading.state",
      Meter.Type.GAUGE,
      "1 for the trading state that an operator set, 0 for the others; account * means all"
          + " accounts.",
      "account",
      "state"),
  CLOCK_TIME(
      "quantum.clock.time.seconds",
      Meter.Type.GAUGE,
      "The clock, seconds since 1970: wall time live, event time in a replay; 0 before the first"
          + " step."),
  CLOCK_LAG(
      "quantum.clock.lag.seconds",
      Meter.Type.GAUGE,
      "Wall time minus the clock; useful live only, in a replay it is the age of the file. NaN"
          + " before the first step."),
  CLOCK_SILENCE(
      "quantum.clock.silence.seconds",
      Meter.Type.GAUGE,
      "Wall time since a step of the clock was read, or since the process started."),
  CONSUMER_LAG(
      "quantum.consumer.lag",
      Meter.Type.GAUGE,
      "Offsets between what a group has committed and the committed end, over all partitions;"
          + " marks of transactions count, so a few remain.",
      "group",
      "topic"),
  STREAMS_STATE(
      "quantum.streams.state",
      Meter.Type.GAUGE,
      "1 for the state that the Streams client is in, 0 for the others.",
      "state"),
  EXECUTOR_ASSIGNED(
      "quantum.executor.assigned",
      Meter.Type.GAUGE,
      "1 while the executor has taken over its account partitions, else 0."),
  EXECUTOR_TROUBLE(
      "quantum.executor.trouble",
      Meter.Type.GAUGE,
      "What the executor tries to put right: CLOSE_HELD are fills that are booked once the entry"
          + " before them can be, NOT_CLEARED symbols in which nothing is open and orders of ours"
          + " could not be cancelled yet, STOP_UNKNOWN positions without a stop of which nobody"
          + " knows where it should be, DEAD_MAN_SET symbols in which the exchange has not yet"
          + " said that an earlier executor's dead-man switch is off, DEAD_MAN_UNSET symbols in"
          + " which it did not set or take back the switch as wanted, FOREIGN_MARKET partitions whose"
          + " prices are of another market than the exchange's, so that no entry is sent.",
      "kind"),
  STAGE_CLOCK(
      "quantum.stage.clock.seconds",
      Meter.Type.GAUGE,
      "The clock in the stages of an account partition, seconds since 1970; NaN where this process"
          + " does not have the partition.",
      "partition"),
  STAGE_CLOCK_BEHIND(
      "quantum.stage.clock.behind.seconds",
      Meter.Type.GAUGE,
      "How far this process's slowest account partition is behind the topic's clock; useful live"
          + " only."),
  EXECUTOR_CLOCK_BEHIND(
      "quantum.executor.clock.behind.seconds",
      Meter.Type.GAUGE,
      "The same for the account partitions that the executor has taken over."),
  THREAD_DEATHS(
      "quantum.thread.deaths",
      Meter.Type.COUNTER,
      "Threads of the stages that died, by kind of cause: REGISTRY, BROKER and MOVED recover by"
          + " themselves, RECORD and OTHER end the process if they repeat without progress.",
      "kind"),
  TABLE_STANDING(
      "quantum.global.table.standing.seconds",
      Meter.Type.GAUGE,
      "How long a global table of the stages has not advanced although its topic has more; 0 if"
          + " it is up to date.",
      "topic"),
  CONNECTOR_RUNNING(
      "quantum.connector.running",
      Meter.Type.GAUGE,
      "1 where a connector and all its tasks run, else 0; NaN before the first look.",
      "connector"),
  STREAM_CONNECTIONS(
      "quantum.stream.connections",
      Meter.Type.GAUGE,
      "Connections of a stream of the exchange that stand: market has candles and mark prices, user"
          + " what happens to an account; account * means all accounts.",
      "stream",
      "account"),
  STREAM_CONNECTIONS_WANTED(
      "quantum.stream.connections.wanted",
      Meter.Type.GAUGE,
      "How many there should be; 0 where nobody listens.",
      "stream",
      "account"),
  STREAM_RECONNECTS(
      "quantum.stream.reconnects",
      Meter.Type.COUNTER,
      "Connections that were opened after the first ones, planned ones included.",
      "stream",
      "account"),
  STREAM_MESSAGES(
      "quantum.stream.messages",
      Meter.Type.COUNTER,
      "Messages that a stream brought.",
      "stream",
      "account"),
  STREAM_GAPS_FILLED(
      "quantum.stream.gaps.filled",
      Meter.Type.COUNTER,
      "How often what a stream may have missed was asked for and answered; of the market each"
          + " symbol counts.",
      "stream",
      "account"),
  STREAM_MESSAGE_AGE(
      "quantum.stream.message.age.seconds",
      Meter.Type.GAUGE,
      "Since the last message of a stream, of several connections the oldest; a user stream says"
          + " nothing where nothing happens. NaN where nobody listens.",
      "stream",
      "account"),
  STREAM_SILENCE(
      "quantum.stream.silence.seconds",
      Meter.Type.GAUGE,
      "The same for anything that came, the exchange's pings among it; time without a connection"
          + " does not count.",
      "stream",
      "account"),
  EXCHANGE_ANSWER_AGE(
      "quantum.exchange.answer.age.seconds",
      Meter.Type.GAUGE,
      "Since the exchange last answered a request of who listens to that stream, whatever it said;"
          + " NaN before the first answer.",
      "stream",
      "account"),
  FEED_AGE(
      "quantum.feed.age.seconds",
      Meter.Type.GAUGE,
      "Wall time minus the last step that the feed has written; useful live only."),
  TOP_SYMBOLS(
      "quantum.top.symbols",
      Meter.Type.GAUGE,
      "How many symbols may be opened: those of the last ranking, 0 before the first; NaN before"
          + " the first step of the clock."),
  HEALTH_SCORE(
      "quantum.health.score",
      Meter.Type.GAUGE,
      "How well the console finds the pipeline, 0 to 100, as quantum health says; NaN until it has"
          + " read the topics to their ends."),
  HEALTH_COST(
      "quantum.health.cost",
      Meter.Type.GAUGE,
      "Points that each cost takes off that score now, 0 where it is not found; NaN as the score.",
      "cost"),
  UP("quantum.up", Meter.Type.GAUGE, "1 where every check of /health passes, else 0."),
  READER_UNREADABLE(
      "quantum.metrics.unreadable",
      Meter.Type.COUNTER,
      "Committed records that the metrics reader could not decode and skipped.",
      "topic");

  private static final PrometheusNamingConvention NAMING = new PrometheusNamingConvention();

  private final String meterName;
  private final Meter.Type type;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // from List.of
  private final List<String> labels;

  Metric(String meterName, Meter.Type type, String meaning, String... labels) {
    this.meterName = meterName;
    this.type = type;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  /** Returns the name that Prometheus knows it by. */
  public String prometheusName() {
    // The suffix is added where the text is written, not by the naming.
    String name = NAMING.name(meterName, type, null);
    return type == Meter.Type.COUNTER ? name + "_total" : name;
  }

  /** Returns counter or gauge. */
  public String kind() {
    return type.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns what it says, units included. */
  public String meaning() {
    return meaning;
  }

  /** Returns the names of its labels, in order. */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns the counter with these label values; it is there, at 0, from the first call on.
   *
   * @param values one for each label, in their order
   */
  Counter counter(MeterRegistry registry, String... values) {
    return Counter.builder(meterName).description(meaning).tags(tags(values)).register(registry);
  }

  /**
   * Shows a gauge; the same label values again keep the first one.
   *
   * @param subject asked at each scrape
   * @param values one for each label, in their order
   */
  <T> void gauge(MeterRegistry registry, T subject, ToDoubleFunction<T> of, String... values) {
    Gauge.builder(meterName, subject, of)
        .description(meaning)
        .tags(tags(values))
        .strongReference(true)
        .register(registry);
  }

  /**
   * Shows a count that something else keeps.
   *
   * @param subject asked at each scrape; what it says never gets less
   * @param values one for each label, in their order
   */
  <T> void counting(MeterRegistry registry, T subject, ToDoubleFunction<T> of, String... values) {
    FunctionCounter.builder(meterName, subject, of)
        .description(meaning)
        .tags(tags(values))
        .register(registry);
  }

  private List<Tag> tags(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(name() + " has the labels " + labels);
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(labels.get(i), values[i]));
    }
    return tags;
  }
}
