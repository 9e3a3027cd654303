package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Wiring.BY_ACCOUNT;
import static io.quantumtrader.topology.Wiring.BY_KEY;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.Wiring;
import io.quantumtrader.topology.time.IntentsLast;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Everything that decides about an account, in one sub-topology over one state:
 *
 * <pre>
 * intents ---> their place: elsewhere -> intents
 *                 | here
 *              bridge -> governor -> portfolio gate -> plan
 *                 `----> apply layer ----------------> plan
 * proposals -> heat gate ----^
 * results ---> ledger -> apply layer, with the rest of a close in parts
 * clock -----> portfolio -> entries that wait, at the bridge        exchange account, snapshots -> rows
 * </pre>
 */
public final class AccountTopology {

  /**
   * What leaves for other sub-topologies.
   *
   * @param ledgers each changed ledger row, keyed account:symbol
   * @param exchange what the exchange says anew of each position, keyed account:symbol
   * @param clock each step that the clock of account partition 0 has passed, keyed "0"
   */
  public record Outputs(
      KStream<String, PositionLedger> ledgers,
      KStream<String, ExchangeView> exchange,
      KStream<String, Clock> clock) {}

  private final RecordSerdes serdes;
  private final int partitions;

  /** Creates the sub-topology of accounts. */
  public AccountTopology(RecordSerdes serdes, PartitionCounts counts) {
    this.serdes = serdes;
    this.partitions = counts.of(PartitionGroup.ACCOUNT);
  }

  /** Adds the stages that other sub-topologies hear, and the stores. */
  public Outputs begin(StreamsBuilder builder) {
    AccountStores.builders(serdes).forEach(builder::addStateStore);
    KStream<String, Object> ledger =
        Wiring.begin(
            builder,
            serdes,
            new Wiring.Begun<>(
                Names.APPLY_RESULT_SOURCE, Topic.APPLY_RESULT, ApplyResult.class, Names.LEDGER),
            () -> new LedgerProcessor(partitions),
            AccountStores.NAMES);
    KStream<String, Object> portfolio =
        Wiring.begin(
            builder,
            serdes,
            new Wiring.Begun<>(Names.CLOCK_SOURCE, Topic.CLOCK, Clock.class, Names.PORTFOLIO),
            () -> new PortfolioProcessor(partitions),
            AccountStores.NAMES);
    KStream<String, Object> exchange =
        Wiring.begin(
            builder,
            serdes,
            new Wiring.Begun<>(
                Names.EXCHANGE_ACCOUNT_SOURCE,
                Topic.EXCHANGE_ACCOUNT,
                ExchangeAccount.class,
                Names.EXCHANGE_ACCOUNT_ROWS),
            () -> new ExchangeAccountProcessor(partitions),
            AccountStores.NAMES);
    return new Outputs(
        Wiring.only(ledger.merge(portfolio, Named.as(Names.LEDGER_CHANGES))),
        Wiring.only(exchange),
        Wiring.only(portfolio));
  }

  /** Joins the other stages and the sinks to what was begun. */
  public void complete(Topology topology) {
    Wiring account = new Wiring(topology, serdes);
    account.source(
        Names.TRADE_INTENT_SOURCE, Topic.TRADE_INTENT, TradeIntent.class, new IntentsLast());
    account.source(Names.HARVEST_PROPOSAL_SOURCE, Topic.HARVEST_PROPOSAL, HarvestProposal.class);
    account.source(Names.POSITION_SNAPSHOT_SOURCE, Topic.POSITION_SNAPSHOT, PositionSnapshot.class);
    stages(account);
    sinks(account);
  }

  private void stages(Wiring account) {
    String[] stores = AccountStores.NAMES;
    account.stage(Names.INTENT_TIME, IntentTime::new, new String[0], Names.TRADE_INTENT_SOURCE);
    account.stage(
        Names.INTENT_PLACE,
        () -> new IntentPlaceProcessor(partitions),
        new String[0],
        Names.INTENT_TIME);
    account.stage(
        Names.BRIDGE,
        () -> new BridgeProcessor(partitions),
        stores,
        Names.INTENT_PLACE,
        Names.PORTFOLIO);
    account.stage(Names.GOVERNOR, () -> new GovernorProcessor(partitions), stores, Names.BRIDGE);
    account.stage(
        Names.PORTFOLIO_GATE, () -> new PortfolioGateProcessor(partitions), stores, Names.GOVERNOR);
    account.stage(
        Names.HEAT_GATE,
        () -> new HeatGateProcessor(partitions),
        stores,
        Names.HARVEST_PROPOSAL_SOURCE);
    account.stage(
        Names.APPLY_LAYER,
        () -> new ApplyLayerProcessor(partitions),
        stores,
        Names.BRIDGE,
        Names.HEAT_GATE,
        Names.LEDGER);
    account.stage(
        Names.POSITION_SNAPSHOT_ROWS,
        () -> RowProcessor.snapshots(partitions),
        stores,
        Names.POSITION_SNAPSHOT_SOURCE);
  }

  private static void sinks(Wiring account) {
    account.sink(
        Names.MOVED_INTENT_SINK,
        Topic.TRADE_INTENT,
        TradeIntent.class,
        BY_ACCOUNT,
        Names.INTENT_PLACE);
    String[] planners = {Names.PORTFOLIO_GATE, Names.APPLY_LAYER, Names.PORTFOLIO};
    account.sink(Names.APPLY_PLAN_SINK, Topic.APPLY_PLAN, ApplyPlan.class, BY_ACCOUNT, planners);
    account.sink(Names.PERMIT_SINK, Topic.PERMIT, Permit.class, BY_KEY, planners);
    account.sink(
        Names.DECISION_SINK,
        Topic.DECISION,
        Decision.class,
        BY_ACCOUNT,
        Names.BRIDGE,
        Names.GOVERNOR,
        Names.PORTFOLIO_GATE,
        Names.APPLY_LAYER,
        Names.LEDGER,
        Names.PORTFOLIO);
    account.sink(
        Names.POSITION_LEDGER_SINK,
        Topic.POSITION_LEDGER,
        PositionLedger.class,
        BY_ACCOUNT,
        Names.LEDGER,
        Names.PORTFOLIO);
    account.sink(
        Names.PORTFOLIO_STATE_SINK,
        Topic.PORTFOLIO_STATE,
        PortfolioState.class,
        BY_ACCOUNT,
        Names.PORTFOLIO_GATE,
        Names.LEDGER,
        Names.PORTFOLIO);
    account.sink(
        Names.HARVEST_CALIBRATED_SINK,
        Topic.HARVEST_CALIBRATED,
        HarvestProposal.class,
        BY_ACCOUNT,
        Names.HEAT_GATE);
  }
}
