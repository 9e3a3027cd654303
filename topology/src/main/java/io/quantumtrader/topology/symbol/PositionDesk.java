package io.quantumtrader.topology.symbol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PolicyTable;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.harvest.Harvest;
import io.quantumtrader.topology.decision.harvest.HarvestView;
import io.quantumtrader.topology.decision.harvest.Harvested;
import io.quantumtrader.topology.decision.snapshot.ExchangeViews;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.PositionRows;
import io.quantumtrader.topology.decision.snapshot.Revaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The open positions in a symbol at a new price, each with what is proposed for it. */
final class PositionDesk {

  /**
   * What is known of the positions in a symbol.
   *
   * @param positions all of them, open and flat
   * @param tick price step of the symbol, quote currency
   * @param policies the policy of each account
   * @param exchange what the exchange says of the open ones, by account
   */
  record View(
      List<OpenPosition> positions,
      Optional<BigDecimal> tick,
      Map<String, Policy> policies,
      Map<String, ExchangeView> exchange) {}

  /** A position after the price, its value, and what is proposed for it. */
  record Valued(PositionSnapshot snapshot, Harvested harvested) {}

  /** A position that cannot be valued. */
  private record Failed(OpenPosition position, DecisionFailedException failure) {}

  /**
   * What follows from a price for the positions.
   *
   * @param positions those that are valued
   * @param failed those that cannot be
   */
  record Outcome(List<Valued> positions, List<Failed> failed) {

    /** Nothing follows. */
    static final Outcome NONE = new Outcome(List.of(), List.of());
  }

  private final ProcessorContext<String, Object> context;
  private final SymbolState state;
  private final PolicyTable policies;
  private final ReadOnlyKeyValueStore<String, Instrument> instruments;

  PositionDesk(ProcessorContext<String, Object> context) {
    this.context = context;
    state = SymbolState.in(context);
    policies = new PolicyTable(context);
    instruments = context.getStateStore(Names.INSTRUMENT_TABLE);
  }

  /** Positions are held under the policy of their account, whatever prices are judged by. */
  View view(String symbol) {
    List<OpenPosition> held = state.positions(symbol);
    Map<String, Policy> found = new HashMap<>();
    Map<String, ExchangeView> exchange = new HashMap<>();
    for (OpenPosition position : held) {
      String account = position.getLedger().getAccount();
      found.put(account, policies.of(account).policy());
      if (PositionRows.isOpen(position)) {
        state.exchangeView(symbol, account).ifPresent(view -> exchange.put(account, view));
      }
    }
    Optional<BigDecimal> tick =
        Optional.ofNullable(instruments.get(symbol))
            .map(Instrument::getTickSize)
            .filter(Decimals::isPositive);
    return new View(held, tick, found, exchange);
  }

  /**
   * Decides what is proposed for each position; nothing is written. One that cannot be valued keeps
   * nobody else's from it, nor the symbol from a state.
   *
   * @param revalue gives the values of one position that follow from the price
   */
  static Outcome decide(
      View view, Function<OpenPosition, List<Revaluation>> revalue, Optional<MarketState> state) {
    List<Valued> valued = new ArrayList<>();
    List<Failed> failed = new ArrayList<>();
    for (OpenPosition position : view.positions()) {
      try {
        valued.addAll(Deciding.on(() -> valued(revalue.apply(position), view, state)));
      } catch (DecisionFailedException failure) {
        failed.add(new Failed(position, failure));
      }
    }
    return new Outcome(valued, failed);
  }

  private static List<Valued> valued(
      List<Revaluation> revaluations, View view, Optional<MarketState> state) {
    return revaluations.stream()
        .map(
            revaluation ->
                new Valued(shown(revaluation, view), harvested(revaluation, view, state)))
        .toList();
  }

  /** What the exchange says is shown beside the value, and proposals do not hang on it. */
  private static PositionSnapshot shown(Revaluation revaluation, View view) {
    PositionSnapshot snapshot = revaluation.snapshot();
    return ExchangeViews.beside(
        snapshot, Optional.ofNullable(view.exchange().get(snapshot.getAccount())));
  }

  private static Harvested harvested(
      Revaluation revaluation, View view, Optional<MarketState> state) {
    PositionSnapshot snapshot = revaluation.snapshot();
    return Harvest.after(
        new HarvestView(
            revaluation.position(),
            snapshot,
            state,
            view.policies().get(snapshot.getAccount()),
            view.tick()));
  }

  /**
   * Returns a decision for each position that cannot be valued, which says why.
   *
   * @param causeId the price that it was to be valued at
   */
  static List<Decision> failures(
      Outcome outcome, String causeId, View view, List<Lookup> lookups, Record<String, ?> price) {
    return outcome.failed().stream()
        .map(
            failed -> {
              String account = failed.position().getLedger().getAccount();
              return DecisionRecords.recorded(
                  Stage.MARKET_STATE,
                  Cause.of(account, CauseType.CANDLE, causeId, 1).in(price.key()),
                  failed.failure().code(),
                  Numbers.none().and("error", String.valueOf(failed.failure().getMessage())),
                  Basis.of(view.policies().get(account), lookups),
                  price.timestamp());
            })
        .toList();
  }

  void write(List<Valued> outcome) {
    for (Valued valued : outcome) {
      state.apply(new SymbolChange.PositionChanged(valued.harvested().position()));
    }
  }

  void publish(List<Valued> outcome, Mark.Source source) {
    outcome.forEach(valued -> publish(valued, source));
  }

  /** The snapshot goes first: who acts on the proposal finds its value there. */
  private void publish(Valued valued, Mark.Source source) {
    PositionSnapshot snapshot = valued.snapshot();
    String key = Accounts.key(snapshot.getAccount(), snapshot.getSymbol());
    context.forward(
        new Record<>(key, snapshot, snapshot.getAsOfMs(), headers(source)),
        Names.POSITION_SNAPSHOT_SINK);
    Optional<HarvestProposal> proposal = valued.harvested().proposal();
    if (proposal.isPresent()) {
      context.forward(
          new Record<>(key, proposal.get(), snapshot.getAsOfMs(), headers(source)),
          Names.HARVEST_PROPOSAL_SINK);
    }
  }

  /** Returns what says where a price came from. */
  static Headers headers(Mark.Source source) {
    Headers headers = new RecordHeaders();
    if (source == Mark.Source.MARK) {
      headers.add(MarketHeaders.MARK_SOURCE, MarketHeaders.PRICE.getBytes(UTF_8));
    }
    return headers;
  }
}
