package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.time.IntentsLast;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Everything that decides about an account, in one sub-topology over one set of stores:
 *
 * <pre>
 * intents -> bridge -> governor -> portfolio gate -> plan
 *               `----> apply layer ----------------> plan
 * proposals -> heat gate -> apply layer for exits ---> plan
 * results -> ledger
 * clock -> portfolio -> entries that wait, at the bridge          exchange account, snapshots -> rows
 * </pre>
 */
public final class AccountRoom {

  /**
   * What leaves the room for other rooms.
   *
   * @param ledgers each changed ledger row, keyed account:symbol
   * @param clock each step that the clock of account partition 0 has passed, keyed "0"
   */
  public record Doors(KStream<String, PositionLedger> ledgers, KStream<String, Clock> clock) {}

  private static final String FIRST_PARTITION = "0";

  private final StreamsBuilder builder;
  private final RecordSerdes serdes;
  private final int partitions;

  private AccountRoom(StreamsBuilder builder, RecordSerdes serdes, PartitionCounts counts) {
    this.builder = builder;
    this.serdes = serdes;
    this.partitions = counts.of(PartitionGroup.ACCOUNT);
  }

  /** Adds the room to the builder. */
  public static Doors add(StreamsBuilder builder, RecordSerdes serdes, PartitionCounts counts) {
    return new AccountRoom(builder, serdes, counts).add();
  }

  private Doors add() {
    RoomStores.builders(serdes).forEach(builder::addStateStore);
    KStream<String, Step> portfolio =
        portfolio(source(Topic.CLOCK, Clock.class, Names.CLOCK_SOURCE));
    KStream<String, Clock> clock =
        portfolio.flatMapValues(
            step -> step instanceof Step.Passed passed ? List.of(passed.clock()) : List.of(),
            Named.as(Names.CLOCK_PASSED));
    KStream<String, Step> published =
        entryPath(clock)
            .merge(exitPath(), Named.as(Names.PUBLISHED + "-with-exits"))
            .merge(results(), Named.as(Names.PUBLISHED + "-with-ledger"))
            .merge(portfolio, Named.as(Names.PUBLISHED + "-with-portfolio"));
    rows();
    publish(published, ApplyPlan.class, Topic.APPLY_PLAN, Names.APPLY_PLAN_SINK);
    publish(published, Decision.class, Topic.DECISION, Names.DECISION_SINK);
    publish(published, PortfolioState.class, Topic.PORTFOLIO_STATE, Names.PORTFOLIO_STATE_SINK);
    permits(published);
    calibrated(published);
    KStream<String, PositionLedger> ledgers =
        publish(published, PositionLedger.class, Topic.POSITION_LEDGER, Names.POSITION_LEDGER_SINK);
    return new Doors(
        ledgers,
        clock.filter(
            (key, step) -> FIRST_PARTITION.equals(key), Named.as(Names.FIRST_PARTITION_CLOCK)));
  }

  private KStream<String, Step> entryPath(KStream<String, Clock> clock) {
    KStream<String, Step> bridge =
        anyRecord(intents())
            .merge(anyRecord(clock), Named.as(Names.INTENTS_AND_CLOCK))
            .process(
                () -> new BridgeProcessor(partitions),
                Named.as(Names.BRIDGE),
                with(Names.SEEN_INTENT_STORE, Names.WAITING_ENTRY_STORE));
    KStream<String, Step> governor =
        steps(bridge, Step.Entry.class, Names.BRIDGE_TO_GOVERNOR)
            .process(
                () -> new GovernorProcessor(partitions),
                Named.as(Names.GOVERNOR),
                with(Names.GRANTED_ENTRY_STORE));
    KStream<String, Step> gate =
        steps(governor, Step.Sized.class, Names.GOVERNOR_TO_PORTFOLIO_GATE)
            .process(
                () -> new PortfolioGateProcessor(partitions),
                Named.as(Names.PORTFOLIO_GATE),
                with(Names.GRANTED_ENTRY_STORE));
    KStream<String, Step> applyLayer =
        steps(bridge, Step.Close.class, Names.BRIDGE_TO_APPLY_LAYER)
            .process(
                () -> new ApplyLayerProcessor(partitions), Named.as(Names.APPLY_LAYER), with());
    return bridge
        .merge(governor, Named.as(Names.PUBLISHED + "-with-governor"))
        .merge(gate, Named.as(Names.PUBLISHED + "-with-portfolio-gate"))
        .merge(applyLayer, Named.as(Names.PUBLISHED + "-with-apply-layer"));
  }

  private KStream<String, Step> exitPath() {
    KStream<String, Step> gate =
        source(Topic.HARVEST_PROPOSAL, HarvestProposal.class, Names.HARVEST_PROPOSAL_SOURCE)
            .process(() -> new HeatGateProcessor(partitions), Named.as(Names.HEAT_GATE), with());
    KStream<String, Step> exits =
        steps(gate, Step.Proposed.class, Names.HEAT_GATE_TO_EXIT_LAYER)
            .process(
                () -> new ExitProcessor(partitions),
                Named.as(Names.EXIT_LAYER),
                with(Names.EXIT_ATTEMPT_STORE));
    return gate.merge(exits, Named.as(Names.PUBLISHED + "-with-exit-layer"));
  }

  private KStream<String, Step> results() {
    return source(Topic.APPLY_RESULT, ApplyResult.class, Names.APPLY_RESULT_SOURCE)
        .process(
            () -> new LedgerProcessor(partitions),
            Named.as(Names.LEDGER),
            with(Names.SEEN_FILL_STORE, Names.EXIT_ATTEMPT_STORE));
  }

  private KStream<String, Step> portfolio(KStream<String, Clock> clock) {
    return clock.process(
        () -> new PortfolioProcessor(partitions),
        Named.as(Names.PORTFOLIO),
        with(
            Names.SEEN_INTENT_STORE,
            Names.SEEN_FILL_STORE,
            Names.GRANTED_ENTRY_STORE,
            Names.EXIT_ATTEMPT_STORE,
            Names.CLOSE_ORDER_STORE));
  }

  private void rows() {
    source(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, Names.EXCHANGE_ACCOUNT_SOURCE)
        .process(
            () ->
                new RowProcessor<>(
                    partitions,
                    ExchangeAccount::getAccount,
                    context ->
                        Rows.last(AccountBooks.store(context, Names.EXCHANGE_ACCOUNT_STORE))),
            Named.as(Names.EXCHANGE_ACCOUNT_ROWS),
            Names.EXCHANGE_ACCOUNT_STORE);
    source(Topic.POSITION_SNAPSHOT, PositionSnapshot.class, Names.POSITION_SNAPSHOT_SOURCE)
        .process(
            () ->
                new RowProcessor<>(
                    partitions,
                    RowProcessor.byAccountAndSymbol(
                        PositionSnapshot::getAccount, PositionSnapshot::getSymbol),
                    AccountBooks::snapshots),
            Named.as(Names.POSITION_SNAPSHOT_ROWS),
            Names.CLOCK_STORE,
            Names.POSITION_SNAPSHOT_STORE);
  }

  /** Intents go behind everything else that is there to be taken. */
  private KStream<String, TradeIntent> intents() {
    return builder.stream(
            Topic.TRADE_INTENT.topicName(),
            Consumed.with(Serdes.String(), serdes.of(TradeIntent.class))
                .withTimestampExtractor(new IntentsLast())
                .withName(Names.TRADE_INTENT_SOURCE))
        .process(IntentTime::new, Named.as(Names.INTENT_TIME));
  }

  @SuppressWarnings("unchecked") // a stream is only read from
  private static KStream<String, SpecificRecord> anyRecord(
      KStream<String, ? extends SpecificRecord> stream) {
    return (KStream<String, SpecificRecord>) stream;
  }

  private <V extends SpecificRecord> KStream<String, V> source(
      Topic topic, Class<V> type, String name) {
    return builder.stream(
        topic.topicName(), Consumed.with(Serdes.String(), serdes.of(type)).withName(name));
  }

  private static <S extends Step> KStream<String, S> steps(
      KStream<String, Step> from, Class<S> type, String name) {
    return from.flatMapValues(
        step -> type.isInstance(step) ? List.of(type.cast(step)) : List.of(), Named.as(name));
  }

  private static <V extends SpecificRecord> KStream<String, V> published(
      KStream<String, Step> from, Class<V> type, String sinkName) {
    return from.flatMapValues(
        step ->
            step instanceof Step.Publication publication && type.isInstance(publication.value())
                ? List.of(type.cast(publication.value()))
                : List.of(),
        Named.as("to-" + sinkName));
  }

  private <V extends SpecificRecord> KStream<String, V> publish(
      KStream<String, Step> from, Class<V> type, Topic topic, String name) {
    KStream<String, V> records = published(from, type, name);
    sink(records, type, topic, name);
    return records;
  }

  /** Account topics are partitioned by the account alone, whatever else is in the key. */
  private <V extends SpecificRecord> void sink(
      KStream<String, V> records, Class<V> type, Topic topic, String name) {
    records.to(
        topic.topicName(),
        Produced.with(Serdes.String(), serdes.of(type))
            .withName(name)
            .withStreamPartitioner(
                (anyTopic, key, value, count) ->
                    Optional.of(Set.of(Accounts.partitionOf(Accounts.accountOf(key), count)))));
  }

  private void permits(KStream<String, Step> from) {
    published(from, Permit.class, Names.PERMIT_SINK)
        .to(
            Topic.PERMIT.topicName(),
            Produced.with(Serdes.String(), serdes.of(Permit.class)).withName(Names.PERMIT_SINK));
  }

  /** A tombstone goes on, so that the old keys of a position that is gone go too. */
  private void calibrated(KStream<String, Step> from) {
    KStream<String, HarvestProposal> proposals =
        from.flatMapValues(
            step ->
                step instanceof Step.Gone
                    ? Collections.singletonList(null)
                    : step instanceof Step.Publication publication
                            && publication.value() instanceof HarvestProposal proposal
                        ? List.of(proposal)
                        : List.<HarvestProposal>of(),
            Named.as("to-" + Names.HARVEST_CALIBRATED_SINK));
    sink(proposals, HarvestProposal.class, Topic.HARVEST_CALIBRATED, Names.HARVEST_CALIBRATED_SINK);
  }

  private static String[] with(String... more) {
    return Stream.concat(Arrays.stream(AccountBooks.STORES), Arrays.stream(more))
        .toArray(String[]::new);
  }
}
