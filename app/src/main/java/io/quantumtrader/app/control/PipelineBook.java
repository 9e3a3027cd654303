package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.parts.KnownAccounts;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.topology.decision.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;

/**
 * What an operator's order is held against before it is given: the accounts and instruments of a
 * pipeline, and what is open.
 *
 * @param accounts every account that the exchange or the ledger has; empty before any has traded
 * @param instruments every instrument that the exchange listed
 * @param rows the last row of the ledger for each account and symbol
 */
record PipelineBook(Set<String> accounts, Set<String> instruments, List<PositionLedger> rows) {

  private static final Duration READING = Duration.ofSeconds(60);

  PipelineBook {
    accounts = Set.copyOf(accounts);
    instruments = Set.copyOf(instruments);
    rows = List.copyOf(rows);
  }

  /**
   * Reads them.
   *
   * @throws KafkaException if they cannot be read
   */
  static PipelineBook read(RunningPipeline pipeline, RecordSerdes serdes) {
    TopicReader topics = new TopicReader(pipeline.kafka(), READING);
    Map<String, PositionLedger> rows = new TreeMap<>();
    Set<String> accounts = new TreeSet<>(pipeline.accounts());
    Set<String> instruments = new TreeSet<>();
    topics.readValues(
        Topic.EXCHANGE_ACCOUNT,
        serdes.of(ExchangeAccount.class).deserializer(),
        account -> accounts.add(account.getAccount()));
    topics.readValues(
        Topic.INSTRUMENT,
        serdes.of(Instrument.class).deserializer(),
        instrument -> instruments.add(instrument.getSymbol()));
    topics.readValues(
        Topic.POSITION_LEDGER,
        serdes.of(PositionLedger.class).deserializer(),
        row -> rows.put(Accounts.key(row.getAccount(), row.getSymbol()), row));
    rows.values().forEach(row -> accounts.add(row.getAccount()));
    return new PipelineBook(accounts, instruments, new ArrayList<>(rows.values()));
  }

  /**
   * Returns what is open.
   *
   * @param account an account; null or * for all
   * @param symbol a symbol; empty for all
   */
  List<PositionLedger> open(String account, String symbol) {
    return rows.stream()
        .filter(Sides::isOpen)
        .filter(row -> isAll(account) || row.getAccount().equals(account))
        .filter(row -> symbol.isEmpty() || row.getSymbol().equals(symbol))
        .toList();
  }

  /**
   * Refuses an account that the pipeline does not have.
   *
   * @throws CommandFailure if there are accounts and this is none of them
   */
  void requireAccount(String account) {
    if (!isAll(account)) {
      KnownAccounts.require(account, accounts, CommandFailure::new);
    }
  }

  /**
   * Refuses a symbol in which nothing is open, and says what would have been right.
   *
   * @param account an account; null or * for all
   * @throws CommandFailure if nothing is open in it
   */
  void requireOpen(String account, String symbol) {
    if (!open(account, symbol).isEmpty()) {
      return;
    }
    String what =
        instruments.contains(symbol)
                || rows.stream().anyMatch(row -> row.getSymbol().equals(symbol))
            ? "nothing is open in " + symbol
            : "there is no instrument " + symbol;
    Set<String> others = new TreeSet<>();
    open(account, "").forEach(row -> others.add(row.getSymbol()));
    throw new CommandFailure(
        "%s%s; %s"
            .formatted(
                what,
                isAll(account) ? "" : " for account " + account,
                others.isEmpty()
                    ? "no position is open at all"
                    : "positions are open in " + listed(others)));
  }

  /**
   * Refuses a symbol that the pipeline does not know: what is locked under a mistyped name is not
   * locked. Before any instrument is known, each may come.
   *
   * @throws CommandFailure if there are instruments and this is none of them
   */
  void requireInstrument(String symbol) {
    boolean held = rows.stream().anyMatch(row -> row.getSymbol().equals(symbol));
    if (!instruments.isEmpty() && !instruments.contains(symbol) && !held) {
      throw new CommandFailure(
          "there is no instrument %s; the exchange lists %d others"
              .formatted(symbol, instruments.size()));
    }
  }

  static boolean isAll(String account) {
    return account == null || account.equals(Accounts.ALL);
  }

  private static String listed(Collection<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
