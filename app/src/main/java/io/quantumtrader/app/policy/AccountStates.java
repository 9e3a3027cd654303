package io.quantumtrader.app.policy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/**
 * What the accounts of a pipeline have open and have lost: what a change of limits is held against
 * before it is written.
 *
 * @param portfolios the last state of each account, by its name
 * @param open symbols in which an account has a position, by its name
 */
record AccountStates(Map<String, PortfolioState> portfolios, Map<String, List<String>> open) {

  /** A stage that died leaves a transaction open, behind which nothing is read for as long. */
  private static final Duration READING = Duration.ofSeconds(60);

  AccountStates {
    portfolios = Map.copyOf(portfolios);
    open = Map.copyOf(open);
  }

  /**
   * Reads them.
   *
   * @throws CommandFailure if they cannot be read
   */
  static AccountStates read(RunningPipeline pipeline) {
    return read(pipeline, READING);
  }

  static AccountStates read(RunningPipeline pipeline, Duration patience) {
    TopicReader topics = new TopicReader(pipeline.kafka(), patience);
    Map<String, PortfolioState> portfolios = new HashMap<>();
    Map<String, PositionLedger> rows = new HashMap<>();
    try (RecordSerdes serdes = pipeline.serdes()) {
      topics.readValues(
          Topic.PORTFOLIO_STATE,
          serdes.of(PortfolioState.class).deserializer(),
          state -> portfolios.put(state.getAccount(), state));
      topics.readValues(
          Topic.POSITION_LEDGER,
          serdes.of(PositionLedger.class).deserializer(),
          row -> rows.put(Accounts.key(row.getAccount(), row.getSymbol()), row));
    } catch (KafkaException e) {
      throw new CommandFailure(
          "what is open cannot be read, so nothing was written: " + PolicyDesk.firstLine(e), e);
    }
    return of(portfolios.values(), rows.values());
  }

  /** Returns what the last state of each account and the last row of each position come to. */
  static AccountStates of(Collection<PortfolioState> states, Collection<PositionLedger> rows) {
    Map<String, PortfolioState> portfolios = new HashMap<>();
    states.forEach(state -> portfolios.put(state.getAccount(), state));
    Map<String, List<PositionLedger>> open =
        rows.stream()
            .filter(Sides::isOpen)
            .sorted(Comparator.comparing(PositionLedger::getSymbol))
            .collect(Collectors.groupingBy(PositionLedger::getAccount));
    open.forEach(
        (account, positions) ->
            portfolios.computeIfAbsent(account, any -> counted(account, positions)));
    Map<String, List<String>> symbols = new HashMap<>();
    open.forEach(
        (account, positions) ->
            symbols.put(account, positions.stream().map(PositionLedger::getSymbol).toList()));
    return new AccountStates(portfolios, symbols);
  }

  /** Positions count, even where a state of the account's money cannot be read. */
  private static PortfolioState counted(String account, List<PositionLedger> positions) {
    return PortfolioState.newBuilder(Portfolio.unknown(account))
        .setAsOfMs(positions.stream().mapToLong(PositionLedger::getUpdatedAtMs).max().orElse(0))
        .setOpenPositions(positions.size())
        .build();
  }

  /**
   * Returns whom a change would put beyond a limit, by account.
   *
   * @param history the records before the change
   * @param key the record that it changes: an account's, or the default, which is nothing to an
   *     account with a record of its own
   * @param after what is to hold
   */
  List<AccountExceeded> exceededBy(PolicyHistory history, String key, Policy after) {
    List<AccountExceeded> found = new ArrayList<>();
    for (String account : new TreeSet<>(portfolios.keySet())) {
      if (history.appliesTo(key, account)) {
        PortfolioState state = portfolios.get(account);
        Policy before = history.holding(account).inEffect();
        LimitExceeded.by(before, after, state)
            .forEach(each -> found.add(exceeded(state, each, before)));
      }
    }
    return List.copyOf(found);
  }

  private AccountExceeded exceeded(PortfolioState state, LimitExceeded limit, Policy before) {
    String account = state.getAccount();
    return new AccountExceeded(
        account,
        state.getAsOfMs(),
        open.getOrDefault(account, List.of()),
        limit,
        limit.limit().allowed(before));
  }
}
